"""Citations as people type them: "5(1)(7)", "Art. 5", "Act 5 1 7", "п. 7 ч. 1 ст. 5"."""

from __future__ import annotations

import re
from typing import Final

from lawmodel.dataclass import dataclass

ARTICLE: Final = frozenset(
    {"art", "arts", "article", "articles", "s", "ss", "sec", "section", "sections", "§", "ст", "статья", "статьи"}
)
"""Words after which the number of an article or section stands."""
PART: Final = frozenset(
    {"para", "paras", "paragraph", "part", "parts", "item", "items", "point", "points", "cl", "clause"}
    | {"п", "пп", "пункт", "пункта", "ч", "часть", "части", "no", "nr", "of", "the", "and", "и"}
)
"""Words that a citation may have or lack."""
LONGEST: Final = 200
"""Characters of what is typed; no citation is longer."""
_TOKEN: Final = re.compile(r"\(?\s*(\d+(?:\.\d+)*|[^\W\d_]+|§)")


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    inside: bool
    """Whether it stands in brackets, as the number of a part or item does."""

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()


def _tokens(text: str) -> list[_Token]:
    found = _TOKEN.finditer(text.casefold())
    return [_Token(one[1], one[0].startswith("(")) for one in found]


def _outermost_first(tokens: list[_Token]) -> list[_Token]:
    """What is typed from the inside out ("item 7 of part 1 of Article 5") in the order of a citation."""
    articles = [number for number, token in enumerate(tokens) if token.text in ARTICLE]
    if len(articles) == 1:
        before, after = tokens[: articles[0]], tokens[articles[0] :]
        if before and any(token.text in PART for token in before) and any(token.is_number for token in after):
            words = [token for token in before if not token.is_number]
            return [*words, *after, *reversed([token for token in before if token.is_number])]
    return tokens


def _plain(tokens: list[_Token]) -> list[_Token]:
    return [token for token in tokens if token.text not in ARTICLE and token.text not in PART]


def cites(citation: str, typed: str) -> bool:
    """Whether a citation is the one that was typed, or one of a part of it.

    What was typed stands in the citation in this order, without a gap. Its first number is that of an article, unless
    it is in brackets; further numbers may be in brackets or not.
    """
    if len(typed) > LONGEST:
        return False
    wanted, found = _plain(_outermost_first(_tokens(typed))), _plain(_tokens(citation))
    first = next((number for number, token in enumerate(wanted) if token.is_number), None)

    def same(number: int, token: _Token) -> bool:
        typed_so = wanted[number]
        place = number != first or typed_so.inside == token.inside
        return typed_so.text == token.text and place and (not typed_so.inside or token.inside)

    return bool(wanted) and any(
        all(same(number, token) for number, token in enumerate(found[start : start + len(wanted)]))
        for start in range(len(found) - len(wanted) + 1)
    )
