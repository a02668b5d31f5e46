"""What it takes to cut a release, and to look after those that are out."""
