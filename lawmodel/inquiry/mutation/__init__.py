"""Mutants of the rulebook."""
