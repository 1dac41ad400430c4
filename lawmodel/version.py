"""The version of this program, also where it runs without being installed; hatchling reads it from here."""

VERSION = "0.2.0"
YEAR = 2026
"""Of the release."""
