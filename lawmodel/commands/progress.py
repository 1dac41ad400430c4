"""How far long work is: one line on standard error, and only on a terminal."""

from __future__ import annotations

import sys
import time

import click


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
        click.echo(f"\r\x1b[K{said}", nl=False, err=True)

    def end(self) -> None:
        """Take the line away."""
        if self._wanted:
            click.echo("\r\x1b[K", nl=False, err=True)


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
