"""Exercises on pages: a set that its address names, an answer with its mark, and what comes next."""
