"""The lines that cut, verify, compare, publish and take back releases."""
