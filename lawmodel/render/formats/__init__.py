"""Formats of documents: each module here is one, found by its name.

A format is a module as `Format` says; the first line of its docstring is what ``--help`` says of it. It is imported
when something is to be written in it, and for the help: its name is that of its file.
"""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from lawmodel.problems import Problem, ProblemsFound
from lawmodel.protocols import Protocol

if TYPE_CHECKING:
    from lawmodel.document import Document


class Format(Protocol):
    """A way of writing documents down."""

    EXTENSIONS: tuple[str, ...]
    """Endings of files in this format, in small letters, each with its dot; the first is the usual one."""
    MARK: str | None
    """What stands near the beginning or the end of every file in this format, and tells an older result, which gives
    way, from a file of the user's. None: nothing tells, so no file is ever written over."""
    __doc__: str | None

    def render(self, document: Document, /, *, everything: bool = False) -> str | bytes:
        """The whole document, with what is folded unfolded if ``everything``.

        Text ends in a line break; bytes are a file, and never shown on a terminal.
        """


def is_binary(name: str) -> bool:
    """Whether a format writes bytes, no text: its module says so by `BINARY`."""
    return bool(getattr(format_named(name), "BINARY", False))


def raise_unless_ready(name: str) -> None:
    """Raise `ProblemsFound` where a format needs a package that is not installed: its module says which by `NEEDS`."""
    from importlib.util import find_spec

    package, extra = getattr(format_named(name), "NEEDS", ("", ""))
    if package and find_spec(package) is None:
        mend = f"Install it: pip install 'lawmodel[{extra}]'."
        raise ProblemsFound([Problem(f"{package} is not installed, and {name} needs it", mend, "--format")])


def as_bytes(written: str | bytes) -> bytes:
    """What a format has written, as it stands in a file."""
    return written.encode() if isinstance(written, str) else written


@cache
def format_names() -> tuple[str, ...]:
    """The names of all formats in the order of the alphabet; none is imported."""
    return tuple(sorted(file[:-3] for file in os.listdir(__path__[0]) if file.endswith(".py") and file[0] != "_"))


def format_named(name: str) -> Format:
    """A format; raises ModuleNotFoundError where there is none of this name."""
    module: Any = import_module(f"{__name__}.{name}")
    found: Format = module
    return found
