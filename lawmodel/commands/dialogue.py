"""A talk with somebody at a terminal, or with a program through a pipe: what is shown, and the lines that are typed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import IO

from lawmodel.document import Block, Document


class Dialogue:
    """What a verb says while it asks, and what it is answered."""

    def __init__(self, to: IO[str]) -> None:
        self.to = to
        self._typed = sys.stdin.isatty()

    def show(self, document: Document) -> None:
        """Show a document."""
        from lawmodel.render.terminal import console, show

        show(document, console(self.to))
        self.to.flush()

    def say(self, blocks: Iterable[Block], indent: int = 0) -> None:
        """Show blocks without a title."""
        from lawmodel.render.terminal import console, show_blocks

        show_blocks(tuple(blocks), console(self.to), indent=indent)
        self.to.flush()

    def remark(self, words: str) -> None:
        """Say something in a line that is not broken."""
        self.to.write(f"   {words}\n")
        self.to.flush()

    def line_break(self) -> None:
        """An empty line."""
        self.to.write("\n")

    def line(self, prompt: str = "   > ") -> str | None:
        """What the user types; None at the end of the input. What comes through a pipe is shown."""
        if self._typed and self.to is sys.stdout:
            try:
                return input(prompt).strip()
            except (EOFError, OSError):  # the second where the terminal was closed
                self.to.write("\n")
                return None
        self.to.write(prompt)
        self.to.flush()
        try:
            text = sys.stdin.readline()
        except OSError:  # it is closed, or nobody can type there
            text = ""
        if not self._typed or not text:
            self.to.write(text.strip() + "\n")
        return text.strip() if text else None
