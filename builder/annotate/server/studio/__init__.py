"""A Label Studio of one's own: installed, started, kept and ended by the builder."""
