"""What to say where an optional part of the program is not installed."""

from __future__ import annotations

import click


def extra_missing(missing: ImportError, who: str, extra: str) -> click.UsageError:
    """The error of a verb that needs an extra; ``who`` says who needs it, as a subject."""
    return click.UsageError(f"{missing.name} is not installed. {who} needs it: pip install 'lawmodel[{extra}]'.")


def tables_missing(missing: ImportError) -> click.UsageError:
    """The error of a verb about tables."""
    return click.UsageError(f"{missing.name} is not installed. Tables need it: pip install 'lawmodel[batch]'.")
