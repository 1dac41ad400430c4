"""Cases told in prose, and prose read back."""
