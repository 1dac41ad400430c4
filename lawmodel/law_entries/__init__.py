"""Entries of a rulebook, as results and as documents: provisions, readings, sources, whatever has an id."""
