"""The options of the verbs that give reasons: how many, and of what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from lawmodel.inquiry.reasons.sufficient_reasons import MOST


def reasons_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options ``--most`` and ``--readings``; they arrive as ``most`` and ``readings_too``."""
    most = click.option(
        "--most",
        type=click.IntRange(1, 1000),
        metavar="N",
        default=MOST,
        show_default=True,
        help="At most this many reasons.",
    )
    readings = click.option(
        "--readings", "readings_too", is_flag=True, help="Vary the readings too, not the facts alone."
    )
    return most(readings(command))
