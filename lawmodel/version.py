"""The version of this program, also where it runs without being installed; hatchling reads it from here."""

VERSION = "0.1.0"
YEAR = 2026
"""Of the release."""
