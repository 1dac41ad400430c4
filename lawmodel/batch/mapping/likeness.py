"""Words that are alike: what a heading or a cell of somebody's table may mean, by the words of the rulebook.

Nothing here is sure but what is written the same. Where two things are as like, neither is meant.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from lawmodel.case.values import composed, folded
from lawmodel.dataclass import dataclass
from lawmodel.rulebook.model import Fact, Rulebook

NEAR: Final = 0.8
"""So like must the spelling of a word be, of at most 1 (`difflib`)."""
_MARGIN: Final = 0.08
"""By so much more than any other."""
_SHORTEST: Final = 4
"""Letters that two words share at their beginning at least, where one of them is a form of the other."""
_WORD: Final = re.compile(r"[^\W_]+")


def _set(written: str) -> frozenset[str]:
    return frozenset(written.split("|"))


_EMPTY: Final = _set("a|an|and|are|as|at|by|for|has|have|in|is|it|its|of|on|or|that|the|this|to|under|was")
"""Words that say too little."""
YES: Final = _set("yes|y|true|1|x|да|так|ja|oui|sí|si|sim|evet|иә")
NO: Final = _set("no|n|false|0|нет|ні|nein|non|não|nee|nie|жоқ")
UNKNOWN_WORDS: Final = _set(
    "?|??|-|--|\N{EN DASH}|\N{EM DASH}|n/a|na|n.a.|nan|null|not known|no data"
    "|н/д|нет данных|неизвестно|не известно|невідомо|k. a.|k.a.|unbekannt|inconnu|s/d"
)
NONE_WORDS: Final = _set("no|none|never|nothing|нет|ні|kein|keine|nein|aucun|ninguno")
_LETTERS: Final = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэёіїєґ", "abvgdeziyklmnoprstufyeeiieg", strict=True))
    | dict(zip("жцчшщюя\N{CYRILLIC SMALL LETTER HA}", ["zh", "ts", "ch", "sh", "shch", "yu", "ya", "kh"], strict=True))
    | {"ъ": "", "ь": ""}
)
"""Cyrillic letters as English writes them."""


@dataclass(frozen=True, slots=True)
class Likely:
    """What a cell probably means."""

    value: str
    """As a mapping writes it."""
    why: str
    """What it is like; nothing where it is the same."""


def words(text: str) -> tuple[str, ...]:
    """The words of a text that say something, in small letters."""
    found = (folded(one) for one in _WORD.findall(composed(text)))
    return tuple(dict.fromkeys(one for one in found if one not in _EMPTY))


def alike(one: str, other: str) -> bool:
    """Whether two words are the same, or forms of one: loan and loans."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return (
        len(short) >= _SHORTEST and not short.isdecimal() and long.startswith(short[: max(_SHORTEST, len(short) - 2)])
    )


def covered(wanted: Iterable[str], by: Sequence[str]) -> bool:
    """Whether there is a word like each of those that are wanted."""
    return all(any(alike(one, other) for other in by) for one in wanted)


def nearest(text: str, names: Mapping[str, str]) -> tuple[str, str] | None:
    """The value whose name is spelled most like a text, and the name; None where none is, or two are.

    A text in Cyrillic letters is compared as English would write it.
    """
    wanted = folded(text).translate(_LETTERS)
    if len(wanted) < _SHORTEST:
        return None
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    best: dict[str, tuple[float, str]] = {}
    for name, value in names.items():
        matcher.set_seq1(folded(name))
        if matcher.real_quick_ratio() >= NEAR - _MARGIN and matcher.quick_ratio() >= NEAR - _MARGIN:
            best[value] = max(best.get(value, (0.0, "")), (matcher.ratio(), name))
    ranked = sorted(best.items(), key=lambda one: (-one[1][0], one[0]))
    if not ranked or ranked[0][1][0] < NEAR:
        return None
    if len(ranked) > 1 and ranked[0][1][0] - ranked[1][1][0] < _MARGIN:
        return None
    return ranked[0][0], ranked[0][1][1]


class Values:
    """What the values of a fact are called. What a cell is like is worked out once."""

    def __init__(self, rulebook: Rulebook, fact: Fact) -> None:
        """Take the words of the rulebook."""
        self._said = dict(rulebook.choices_of(fact)) if fact.sort == "choice" else {}
        self._said |= {word: meant.says for word, meant in fact.words.items()}
        self._ids = {value: words(value) for value in self._said}
        self._words = {value: (*self._ids[value], *words(says)) for value, says in self._said.items()}
        self._names = {says: value for value, says in self._said.items()} | {value: value for value in self._said}
        plain = {name.replace("_", " "): value for name, value in self._names.items()}
        self._same = {folded(name): value for name, value in (plain | self._names).items()}
        self._found: dict[str, Likely | None] = {}

    def likely(self, text: str) -> Likely | None:
        """The value that a text probably means; None where it is like none, or like two."""
        if text not in self._found:
            self._found[text] = self._likely(text)
        return self._found[text]

    def _likely(self, text: str) -> Likely | None:
        wanted, given = folded(text), words(text)
        if wanted in self._same:
            return Likely(self._same[wanted], "")
        if wanted in NONE_WORDS and "none" in self._said:
            return Likely("none", self._said["none"])
        if wanted in NONE_WORDS or not given or not self._said:
            return None
        for found in self._ways(given):
            if len(found) == 1:
                return Likely(found[0], self._said[found[0]])
            if found:
                return None
        near = nearest(text, self._names)
        return None if near is None else Likely(near[0], near[1])

    def _ways(self, given: Sequence[str]) -> Iterator[list[str]]:
        """The values that have all the words of a text in their ids, or also in what they say; whose ids it holds."""
        yield [value for value, of in self._ids.items() if covered(given, of)]
        yield self.fitting(given)
        yield [value for value, of in self._ids.items() if of and covered(of, given)]

    def fitting(self, given: Sequence[str]) -> list[str]:
        """The values among whose words all of these are."""
        return [value for value, of in self._words.items() if given and covered(given, of)]


def says_none(text: str, record: Fact) -> bool:
    """Whether a cell says that there is no record, in the column of this field: `none`, or `stateless`."""
    wanted = folded(text)
    return wanted in NONE_WORDS or any(wanted == f"{one}less" for one in words(record.id))
