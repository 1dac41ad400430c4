"""Runs: over a table, and over its parts."""
