"""A case: its facts, its values, its files."""
