"""What stands above every result about one case: what is asked, of which case, under which law."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.case.values import day_in_words
from lawmodel.document import Link, Paragraph, Term, Terms, Text, faint, identifier, text
from lawmodel.results.header import Header
from lawmodel.rulebook.model import Rulebook
from lawmodel.words.law import law_of


def subject_of(title: str, case: str) -> Text:
    """The case a result is about: its title and its file."""
    file = identifier(case, Link("case", case)) if case else ""
    return text(title, "  " if title and case else "", file)


def header_terms(header: Header, without: str | None = None) -> Terms:
    """By which rulebook and program a result was made, of which case, and which engines took part."""
    rulebook, program, case = header.rulebook_used, header.program, header.case_used
    terms = [
        Term(text("Rulebook"), text(", ".join([rulebook.title, *edition(header.rulebook)]))),
        *([Term(text(""), text("SHA-256 ", identifier(rulebook.sha256)))] if rulebook.sha256 else []),
        *([Term(text("Case"), text("SHA-256 ", identifier(case.sha256)))] if case is not None else []),
        Term(text("Program"), text(f"{program.name} {program.version or 'from a checkout'}")),
    ]
    if header.engines:
        terms.append(Term(text("Engines"), text(", ".join(header.engines))))
    if without:
        terms.append(Term(text(""), text(f"without forward chaining: {without}")))
    return Terms(tuple(terms))


def law_line(rulebook: Rulebook, stage: str, day: str | None) -> Text:
    """Which law is applied, as a sentence."""
    said = law_of(rulebook, stage, day)
    return text(f"{said[:1].upper()}{said[1:]}{as_known(rulebook)}.")


def as_known(rulebook: Rulebook) -> str:
    """Up to when the law is known, and by which version of the rulebook: the end of a sentence, or nothing."""
    if rulebook.as_of is None:
        return ""
    version = f" (rulebook {rulebook.version})" if rulebook.version else ""
    return f", as known on {day_in_words(rulebook.as_of.toordinal())}{version}"


def by_rulebook(*rulebooks: Rulebook) -> Iterator[Paragraph]:
    """The last lines of what is told of the law itself: by which edition of it, as far as it says so."""
    for line in dict.fromkeys(", ".join([one.title, *edition(one)]) for one in rulebooks if [*edition(one)]):
        yield Paragraph(text(faint(line)))


def edition(rulebook: Rulebook) -> Iterator[str]:
    """The version of a rulebook, and up to when its authors know the law, as far as it says so."""
    if rulebook.version:
        yield f"version {rulebook.version}"
    if rulebook.as_of is not None:
        yield f"as of {day_in_words(rulebook.as_of.toordinal())}"
