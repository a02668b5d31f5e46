"""How annotators work: pace, agreement, repeats, drift, habits, exposure, and warnings with their evidence."""
