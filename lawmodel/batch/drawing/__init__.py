"""Populations: cases that are drawn from a description."""
