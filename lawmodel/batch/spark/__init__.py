"""Runs on the machines of Spark."""
