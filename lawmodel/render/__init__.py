"""Documents shown on a terminal, and written down in formats. Nothing here reasons, and nothing is worded anew."""
