"""The options by which a set of exercises is described, wherever one is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from lawmodel.exercises.exercise import KINDS

Command = TypeVar("Command", bound=Callable[..., Any])


def kind_option(command: Command) -> Command:
    """``--kind``, which may be given again."""
    says = f"Of this kind: {', '.join(KINDS)}. Repeatable; default: of each kind."
    return click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), metavar="KIND", help=says)(command)


def seed_and_level_options(command: Command) -> Command:
    """``--seed`` and ``--level``."""
    level = click.IntRange(1, 4)
    command = click.option("--level", type=level, metavar="N", help="Only of this level: 1 (easy) to 4 (hard).")(
        command
    )
    says = "The same seed makes the same set. Default: 1."
    return click.option("--seed", type=click.IntRange(0, 2**53 - 1), metavar="N", help=says)(command)
