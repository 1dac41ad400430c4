"""The texts of the interface, in one catalogue for each language. Texts of the law stay as the rulebook has them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from lawmodel.dataclass import dataclass

LANGUAGES: Final = ("en", "ru")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts in one language, by ``group.name``."""

    language: str
    texts: Mapping[str, str | Mapping[str, str]]

    def __call__(self, name: str, n: int | None = None, **values: object) -> str:
        """A text with its values filled in; ``n`` chooses the form of its plural. KeyError for an unknown name."""
        found = self.texts[name]
        if not isinstance(found, str):
            found = found.get(plural(self.language, n or 0), found["other"])
        return found.format(n=n, **values) if n is not None or values else found


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language; English for one that there is not."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    raw = tomllib.loads(files(__package__).joinpath("catalogue", f"{known}.toml").read_text(encoding="utf-8"))
    texts: dict[str, str | Mapping[str, str]] = {}
    for group, inside in raw.items():
        if isinstance(inside, str):
            texts[group] = inside
        else:
            texts |= {f"{group}.{name}": text for name, text in inside.items()}
    return Catalogue(known, texts)


def plural(language: str, n: int) -> str:
    """The form of the plural for a number, by the rules of Unicode's CLDR for whole numbers."""
    if language != "ru":
        return "one" if n == 1 else "other"
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14):
        return "few"
    return "many"
