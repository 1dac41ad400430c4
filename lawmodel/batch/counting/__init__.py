"""Answers counted."""
