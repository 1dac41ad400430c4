"""What to say where an optional part of the program is not installed."""

from __future__ import annotations

import click


def tables_missing(missing: ImportError) -> click.UsageError:
    """The error of a verb about tables."""
    return click.UsageError(f"{missing.name} is not installed. Tables need it: pip install 'lawmodel[batch]'.")
