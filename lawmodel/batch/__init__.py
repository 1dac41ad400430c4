"""Many cases at once: the same rules over a table."""
