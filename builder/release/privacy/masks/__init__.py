"""What leads to a person and is written by a rule: addresses, telephone numbers, accounts, cards."""
