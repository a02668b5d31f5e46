"""The tables' schemas and everything derived from them: Arrow types, checkers, codebook, strategies."""
