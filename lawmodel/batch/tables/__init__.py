"""Tables that cases are read from."""
