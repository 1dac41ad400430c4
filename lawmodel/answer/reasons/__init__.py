"""Reasons, changes and weights."""
