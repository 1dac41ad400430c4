"""What derives by production rules."""
