"""Options of verbs that read tables: how their files are written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

encoding_option: Callable[[Any], Any] = click.option(
    "--encoding", metavar="NAME", help="Of text files that are not UTF-8: cp1251, cp1252, utf-16 …"
)
delimiter_option: Callable[[Any], Any] = click.option(
    "--delimiter", metavar="SIGN", help="What separates the cells of a text file, where that is not certain: ';', tab …"
)
dates_option: Callable[[Any], Any] = click.option(
    "--dates",
    "dates",
    multiple=True,
    metavar="FORM",
    help="How days are written beside year-month-day: day.month.year, m/d/yyyy …, or excel (its numbers). Repeatable.",
)
