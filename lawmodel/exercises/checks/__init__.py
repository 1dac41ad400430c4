"""What a generator looks for in what it has made, a file for each check: of form, of truth, or of the set."""
