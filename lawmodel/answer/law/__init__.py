"""The rulebook and its entries."""
