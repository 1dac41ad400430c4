"""Files and texts mutilated in the ways in which they get mutilated, and what reads them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

FRAGMENTS: Final = (
    "", "[]", "{}", "[[]]", "{a: b}", "unknown", "yes", "no", "-1", "²", "99999999999999999999", "1e999", "NaN",
    "Infinity", "2026-02-30", "0000-00-00", "9999-12-31", "at", "law-date", "never", "always", "nothing", "ordinary",
    "none", "null", "*a", "&a x", "!!int 3", "!!binary x", "|", ">", "? x", "- ", "'", '"', "#", "=", ",", ";", "\t",
    "\\", "\\e[2J", "\r", "\u00a0", "\u0085", "\u2028", "\u202e", "\u200b", "\ufeff", "\x00", "\x1b[2J", "e\u0301",
    "{reading: x}", "{some: service}", "{same_as: service}", "{concept: russian, at: at}", "{is: a, reading: b}",
    '{"a": 1, "a": 2}', "[" * 70, "{a: " * 70, "`", "%", "id: x", "place: x", "case", "row", "x" * 300, "\U0001f41d",
)  # fmt: skip


def mutilated(text: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """A text of which lines, words or bytes are lost, repeated, exchanged or overwritten, some by those of others."""
    for _ in range(chance.randint(1, 3)):
        text = (_bytes if chance.random() < 0.25 else _lines)(text, others, chance)
    return text


def _bytes(text: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    at = chance.randint(0, len(text))
    until = min(len(text), at + chance.choice((0, 1, 1, 2, 8, 200)))
    match chance.randrange(5):
        case 0:
            return text[:at] + text[until:]
        case 1:
            return text[:at]
        case 2:
            return text[:at] + chance.randbytes(until - at) + text[until:]
        case 3 if at < len(text):
            return text[:at] + bytes([text[at] ^ (1 << chance.randrange(8))]) + text[at + 1 :]
        case _:
            other = chance.choice(others)
            begin = chance.randint(0, len(other))
            return text[:at] + other[begin : begin + chance.choice((1, 8, 300))] + text[until:]


def _lines(text: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    lines = text.decode(errors="surrogateescape").splitlines(keepends=True) or [""]
    here, there = chance.randrange(len(lines)), chance.randrange(len(lines))
    fragment = chance.choice(FRAGMENTS)
    match chance.randrange(8):
        case 0:
            del lines[here]
        case 1:
            lines.insert(there, lines[here])
        case 2:
            lines[here], lines[there] = lines[there], lines[here]
        case 3:
            lines[here] = chance.choice((" ", "  ", "      ", "\t", "- ")) + lines[here]
        case 4:
            lines[here] = f"{lines[here].partition(':')[0]}: {fragment}\n"
        case 5:
            words = lines[here].split(" ")
            words[chance.randrange(len(words))] = fragment
            lines[here] = " ".join(words)
        case 6:
            key, colon, value = lines[here].partition(":")
            lines[here] = key + colon + (lines[there].partition(":")[2] or value)
        case _:
            at = chance.randint(0, len(lines[here]))
            lines[here] = lines[here][:at] + fragment + lines[here][at:]
    return "".join(lines).encode(errors="surrogateescape")
