"""The version of this program, also where it runs without being installed; hatchling reads it from here."""

from __future__ import annotations

from typing import Final

VERSION: Final = "0.1.0"
