"""Smallest reasons and smallest changes."""
