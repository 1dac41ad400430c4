"""Citations of the program, of answers and of sources: as text, as BibTeX, and as CSL-JSON for reference managers."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, TypeAlias
from urllib.parse import quote

from lawmodel.dataclass import dataclass
from lawmodel.rulebook.model import Rulebook, Source
from lawmodel.version import VERSION, YEAR
from lawmodel.words.law import how_seen

CitationForm: TypeAlias = Literal["text", "bibtex", "csl-json"]
AUTHORS: Final = "The lawmodel authors"
SHORT: Final = 8
"""So many digits of a hash stand in prose; the receipt has all."""
TYPES: Final[Mapping[str, str]] = {"instrument": "legislation", "press": "article-newspaper", "report": "report"}
"""What a kind of source is called in CSL."""
READ_ITSELF: Final = frozenset(("text", "translation"))
"""How a source was seen that was itself read: only of that there is a day of access."""
_SPECIAL: Final = re.compile(r"[\\{}$&#_%~^]")
_NOT_IN_KEYS: Final = re.compile(r"[^A-Za-z0-9._:+-]")
_OF_ADDRESSES: Final = "!#$%&'()*+,/:;=?@[]~"
"""What stands in an address as it is; braces and backslashes are none of it."""
_BIBTEX: Final[Mapping[str, str]] = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True)
class CitedAnswer:
    """What a citation of an answer names, in words and hashes."""

    rulebook: str
    """Its title, and its version if it has one."""
    rulebook_sha256: str
    case: str
    case_sha256: str
    question: str
    law: str
    readings: str
    """Those taken otherwise than by default; empty where there is none."""
    outcome: str
    outcome_says: str
    grounds: tuple[str, ...]
    answer_sha256: str
    certain: bool
    rests_on: tuple[str, ...]


def cited_answer(one: CitedAnswer, form: CitationForm) -> str:
    """An answer, cited."""
    name = f"lawmodel-{short(one.answer_sha256)}"
    note = "; ".join(
        (
            f"Rulebook {one.rulebook} sha256:{short(one.rulebook_sha256)}",
            f"case sha256:{short(one.case_sha256)}",
            f"question {one.question}",
            one.law,
            _readings(one),
            f"outcome {one.outcome}",
            f"answer sha256:{short(one.answer_sha256)}",
        )
    )
    match form:
        case "text":
            firm = "determined" if one.certain else "open"
            assumes = f", assumes {', '.join(one.rests_on)}" if one.rests_on else ""
            on = f" on {'; '.join(one.grounds)}" if one.grounds else ""
            return (
                f"{AUTHORS}, lawmodel {VERSION}, rulebook {one.rulebook} (sha256:{short(one.rulebook_sha256)}): "
                f"“{one.case}” (sha256:{short(one.case_sha256)}), question {one.question}, {one.law}, "
                f"{_readings(one)}: {one.outcome_says}{on}; {firm}{assumes}. "
                f"Answer sha256:{short(one.answer_sha256)}."
            )
        case "bibtex":
            return _bibtex(name, note)
        case "csl-json":
            return _csl([{**_software(name), "note": note}])


def _readings(one: CitedAnswer) -> str:
    return f"readings {one.readings}" if one.readings else "all readings by default"


def cited_program(form: CitationForm) -> str:
    """The program alone, cited."""
    match form:
        case "text":
            return f"{AUTHORS}, lawmodel {VERSION}, {YEAR}."
        case "bibtex":
            return _bibtex(f"lawmodel-{VERSION}", "")
        case "csl-json":
            return _csl([_software(f"lawmodel-{VERSION}")])


def cited_sources(rulebook: Rulebook, sources: Sequence[tuple[Source, str | None]], form: CitationForm) -> str:
    """Sources, each with the place in it: who cites a provision cites its sources, not the program."""
    match form:
        case "text":
            return "\n".join(_source_text(one, at) for one, at in sources)
        case "bibtex":
            return "\n".join(_source_bibtex(one, at) for one, at in sources)
        case "csl-json":
            return _csl([_source_csl(one, at) for one, at in sources])


def short(digest: str) -> str:
    """A hash as it stands in prose."""
    return digest[:SHORT]


def _software(name: str) -> dict[str, Any]:
    return {
        "id": name,
        "type": "software",
        "title": "lawmodel",
        "version": VERSION,
        "author": [{"literal": AUTHORS}],
        "issued": {"date-parts": [[YEAR]]},
    }


def _bibtex(name: str, note: str) -> str:
    fields = {"author": f"{{{AUTHORS}}}", "title": "lawmodel", "version": VERSION, "year": str(YEAR)}
    if note:
        fields["note"] = escaped(note)
    return _entry("software", name, fields)


def _entry(kind: str, name: str, fields: Mapping[str, str]) -> str:
    inside = ",\n".join(f"  {field} = {{{value}}}" for field, value in fields.items())
    return f"@{kind}{{{name},\n{inside}\n}}"


def escaped(words: str) -> str:
    """Words on one line as BibTeX has them. It counts braces even after a backslash: none of the words' is left."""
    return _SPECIAL.sub(lambda found: _BIBTEX.get(found[0], f"\\{found[0]}"), " ".join(words.split()))


def _source_text(one: Source, at: str | None) -> str:
    parts = [one.title, at, one.date.isoformat() if one.date else None, one.address]
    seen = _seen(one)
    return ", ".join(part for part in parts if part) + (f" ({seen})." if seen else ".")


def _source_bibtex(one: Source, at: str | None) -> str:
    fields = {"title": f"{{{escaped(one.title)}}}"}
    if one.date is not None:
        fields["date"] = one.date.isoformat()
    if one.address is not None:
        fields["url"] = quote(one.address, safe=_OF_ADDRESSES)
    if (day := _day_of_access(one)) is not None:
        fields["urldate"] = day.isoformat()
    note = "; ".join(part for part in (at, _seen(one)) if part)
    if note:
        fields["note"] = escaped(note)
    return _entry("legislation" if one.kind == "instrument" else "misc", _key(one.id), fields)


def _source_csl(one: Source, at: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {"id": one.id, "type": TYPES[one.kind], "title": one.title}
    if one.date is not None:
        found["issued"] = _date_parts(one.date)
    if one.address is not None:
        found["URL"] = one.address
    if at is not None:
        found["section"] = at
    if (day := _day_of_access(one)) is not None:
        found["accessed"] = _date_parts(day)
    if seen := _seen(one):
        found["note"] = seen
    return found


def _seen(one: Source) -> str:
    """How those who wrote the rulebook have seen a source; empty where they do not say."""
    if one.seen is None:
        return ""
    return "not seen for the rulebook" if one.seen.how == "none" else how_seen(one.seen)


def _day_of_access(one: Source) -> datetime.date | None:
    """The day on which a source was read; None where it was not, or nobody says."""
    return one.seen.on if one.seen is not None and one.seen.how in READ_ITSELF else None


def _date_parts(one: datetime.date) -> dict[str, Any]:
    return {"date-parts": [[one.year, one.month, one.day]]}


def _key(name: str) -> str:
    """A name as the key of an entry, which ends at a comma and knows no blanks or brackets."""
    return _NOT_IN_KEYS.sub("-", name)


def _csl(items: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps(items, ensure_ascii=False, indent=2)
