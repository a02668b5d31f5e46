"""What keeps people out of a release: pseudonyms, replaced names, masks, and a scan that trusts none of them."""
