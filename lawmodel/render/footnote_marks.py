"""The footnotes of a document and their marks, wherever they stand: for formats that put notes below their pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from lawmodel.document import Block, Footnote, Footnotes, Span


def notes_in(blocks: Iterable[Block]) -> Iterator[Footnote]:
    """The footnotes, in the order in which they are listed."""
    for one in parts_of(tuple(blocks)):
        if isinstance(one, Footnotes):
            yield from one.notes


def marks_in(blocks: Iterable[Block]) -> Iterator[int]:
    """The number of each mark in the text, in its order; not those within footnotes."""
    for one in parts_of(tuple(blocks)):
        if isinstance(one, Span) and one.note is not None:
            yield one.note


def parts_of(value: object) -> Iterator[object]:
    """Blocks and spans, each before what it holds."""
    if isinstance(value, tuple):
        for one in value:
            yield from parts_of(one)
    elif isinstance(value, Footnotes | Span):
        yield value
    elif is_dataclass(value):
        yield value
        for one in fields(value):
            yield from parts_of(getattr(value, one.name))
