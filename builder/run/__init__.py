"""What follows what: captures become tables, tables tasks, answers labels, and all of it one report."""
