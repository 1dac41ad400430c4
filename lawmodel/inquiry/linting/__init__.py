"""Checks of a rulebook."""
