"""Exercises that the law itself makes and marks."""
