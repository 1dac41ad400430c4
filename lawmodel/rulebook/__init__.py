"""A rulebook: its entries, and how its files are read and checked."""
