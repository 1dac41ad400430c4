"""Answers as functions of readings, days and stages."""
