"""How far long work is: one line on standard error, and only on a terminal."""

from __future__ import annotations

import sys
import time

import click

from lawmodel.safe_text import safe_line, unguarded


def show_progress(said: str) -> None:
    """Show a line on a terminal in place of the last one; an empty one takes it away."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{safe_line(said)}", file=unguarded(sys.stderr), nl=False)


class Progress:
    """A line that is written anew whenever something is done, and gone at the end."""

    def __init__(self, what: str, total: int | None = None) -> None:
        self._what, self._total = what, total
        self._began = time.monotonic()
        self._wanted = sys.stderr.isatty()

    def show(self, done: int) -> None:
        """So much is done."""
        if not self._wanted:
            return
        rate = done / max(time.monotonic() - self._began, 1e-9)
        said = f"{done:,} {self._what}, {rate:,.0f} a second"
        if self._total:
            left = max(self._total - done, 0) / max(rate, 1e-9)
            said = f"{min(done / self._total, 1):4.0%}  {said}, {_time(left)} left"
        show_progress(said)

    def end(self) -> None:
        """Take the line away."""
        show_progress("")


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
