"""The languages of a text: a document is English, and words of an original in it are read aloud in their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

ENGLISH: Final = "en"
RUSSIAN: Final = "ru"
CYRILLIC: Final = re.compile("[\u0400-\u052f](?:[^A-Za-z<>&]*[\u0400-\u052f])?")
"""From the first Cyrillic letter to the last before a Latin one."""


def pieces_by_language(words: str) -> Iterator[tuple[str, str]]:
    """Words in pieces, each with its language; they are all of the words, in their order."""
    end = 0
    for found in CYRILLIC.finditer(words):
        if found.start() > end:
            yield words[end : found.start()], ENGLISH
        yield found[0], RUSSIAN
        end = found.end()
    if end < len(words):
        yield words[end:], ENGLISH
