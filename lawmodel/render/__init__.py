"""Documents shown, a file for each way of showing them. Nothing here reasons, and nothing is worded anew."""
