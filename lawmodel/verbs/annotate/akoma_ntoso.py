"""The annotated law in Akoma Ntoso 3.0 (OASIS LegalDocML): text, rule in words, versions, readings and sources.

Each provision is an article. Its versions are intervals of time, its readings are notes, its sources are references.
The names of works are those of this rulebook: they are no official ones.
"""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lawmodel.dataclass import dataclass
from lawmodel.law_entries.provision_document import version_days
from lawmodel.law_entries.provision_entries import ProvisionEntry
from lawmodel.law_entries.source_entries import ReadingEntry
from lawmodel.law_entries.versions import Version, option_id, prefix
from lawmodel.rulebook.model import Reading, SourceRef
from lawmodel.verbs.annotate.annotated import AnnotatedEntry, AnnotatedLaw
from lawmodel.version import VERSION
from lawmodel.words.counts import count
from lawmodel.words.law import CERTAINTY, cited, day, how_seen
from lawmodel.words.outline import OutlineLine

NAMESPACE: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
PROGRAM: Final = "#lawmodel"


def akoma_ntoso(law: AnnotatedLaw) -> str:
    """The document as XML."""
    root = _Written(law).document()
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


@dataclass(frozen=True, slots=True)
class _Written:
    law: AnnotatedLaw

    def document(self) -> ET.Element:
        root = ET.Element("akomaNtoso", {"xmlns": NAMESPACE})
        doc = _put(root, "doc", name="annotatedLaw")
        meta = _put(doc, "meta")
        self._identification(meta)
        self._times(meta)
        self._references(meta)
        self._notes(meta)
        _put(_put(_put(doc, "preface"), "p"), "docTitle", self.law.title)
        body = _put(doc, "mainBody")
        for question in self.law.view.rulebook.questions.values():
            found = self.law.provisions_of(question.id)
            if found:
                part = _put(body, "hcontainer", name="question", eId=f"question-{question.id}")
                _put(part, "heading", question.asks)
                for one in found:
                    assert isinstance(one.entry, ProvisionEntry)
                    self._article(part, one.entry, one)
        return root

    # --- what stands before the text ---------------------------------------------------------------------

    def _identification(self, meta: ET.Element) -> None:
        rulebook, date = self.law.view.rulebook, self._date.isoformat()
        work = f"/akn/{rulebook.jurisdiction or 'xx'}/doc/annotated-law/{date}"
        whole = _put(meta, "identification", source=PROGRAM)
        levels = (
            ("FRBRWork", work),
            ("FRBRExpression", f"{work}/eng@{date}"),
            ("FRBRManifestation", f"{work}/eng@{date}/main.xml"),
        )
        for level, uri in levels:
            one = _put(whole, level)
            this = uri if level == "FRBRManifestation" else f"{uri}/!main"
            _put(one, "FRBRthis", value=this)
            _put(one, "FRBRuri", value=uri)
            if level == "FRBRWork":
                _put(one, "FRBRalias", value=rulebook.title, name="rulebook")
                if rulebook.content_hash:
                    _put(one, "FRBRalias", value=f"sha256:{rulebook.content_hash}", name="sha256")
            _put(one, "FRBRdate", date=date, name="lawKnownOn" if level == "FRBRWork" else "annotated")
            _put(one, "FRBRauthor", href=PROGRAM)
            if level == "FRBRWork":
                _put(one, "FRBRcountry", value=rulebook.jurisdiction or "xx")
                if rulebook.version:
                    _put(one, "FRBRnumber", value=rulebook.version)
            if level == "FRBRExpression":
                _put(one, "FRBRlanguage", language="eng")
            if level == "FRBRManifestation":
                _put(one, "FRBRformat", value="application/akn+xml")

    @property
    def _date(self) -> datetime.date:
        """The day up to which the law is known; else that whose law it is."""
        return self.law.view.rulebook.as_of or self.law.view.law.date

    def _times(self, meta: ET.Element) -> None:
        """The days on which versions begin and end, and the intervals between them."""
        provisions = [one.entry for one in self.law.of_kind("provision") if isinstance(one.entry, ProvisionEntry)]
        dated = [one for one in provisions if any(each.first or each.last for each in one.versions)]
        days = {each for one in dated for version in one.versions for each in _turns(version)}
        if not days:
            return
        cycle = _put(meta, "lifecycle", source=PROGRAM)
        for when in sorted(days):
            _put(cycle, "eventRef", eId=_event(when), date=when.isoformat(), source=PROGRAM, type="amendment")
        times = _put(meta, "temporalData", source=PROGRAM)
        for one in dated:
            group = _put(times, "temporalGroup", eId=f"versions-{one.id}")
            for version in one.versions:
                ends = {"start": version.first, "end": _after(version)}
                known = {name: f"#{_event(when)}" for name, when in ends.items() if when is not None}
                _put(group, "timeInterval", refersTo="#inForce", **known)

    def _references(self, meta: ET.Element) -> None:
        named = _put(meta, "references", source=PROGRAM)
        _put(
            named,
            "TLCOrganization",
            eId="lawmodel",
            href="/ontology/organization/lawmodel",
            showAs=f"lawmodel {VERSION}",
        )
        _put(named, "TLCConcept", eId="inForce", href="/ontology/concept/inForce", showAs="in force")
        sources = self.law.view.rulebook.sources
        for each in self.law.of_kind("source"):
            one = sources[each.entry.id]
            href = one.address or f"{prefix(self.law.view.rulebook)}source/{one.id}"
            _put(named, "TLCReference", eId=f"source-{one.id}", name=one.kind, href=_uri(href), showAs=one.title)

    def _notes(self, meta: ET.Element) -> None:
        """The readings: their options, who supports each, and since when; and how each source was seen."""
        rulebook = self.law.view.rulebook
        readings = [one.entry.written for one in self.law.of_kind("reading") if isinstance(one.entry, ReadingEntry)]
        sources = [rulebook.sources[one.entry.id] for one in self.law.of_kind("source")]
        seen = [one for one in sources if one.seen is not None]
        if not readings and not seen:
            return
        notes = _put(meta, "notes", source=PROGRAM)
        for reading in readings:
            note = _put(notes, "note", eId=f"reading-{reading.id}", marker=reading.id)
            for line in self._reading(reading):
                _put(note, "p", line)
        for source in seen:
            assert source.seen is not None
            _put(_put(notes, "note", eId=f"seen-{source.id}", marker=source.id), "p", how_seen(source.seen))

    def _reading(self, reading: Reading) -> Iterator[str]:
        yield f"{reading.title} ({CERTAINTY[reading.certainty]})"
        for option in reading.options:
            default = " (default)" if option.id == reading.default else ""
            support = ", ".join(map(cited, option.supported_by)) or "no source"
            held = "" if option.held is None else f" Held since {day(option.held.since)}."
            name = option_id(self.law.view.rulebook, reading, option.id)
            yield f"{option.id}{default}: {option.says}. Supported by {support}.{held} {name}"
        yield (
            f"Default {reading.default}: {reading.why}"
            if reading.default
            else f"Open, without a default: {reading.why}"
        )

    # --- the text ------------------------------------------------------------------------------------------

    def _article(self, part: ET.Element, one: ProvisionEntry, annotated: AnnotatedEntry) -> None:
        written, name = one.written, f"provision-{one.id}"
        article = _put(part, "article", eId=name)
        if any(version.first or version.last for version in one.versions):
            article.set("period", f"#versions-{one.id}")
        _put(article, "num", written.citation)
        _put(article, "heading", written.title)
        if written.words is not None:
            words = _paragraph(article, name, "words", "In the original")
            original = _put(words, "p", written.words.original)
            if language := self.law.view.rulebook.language_of(written.words):
                original.set("xml:lang", language)
            _put(words, "p", written.words.translation)
            _cite(words, [SourceRef(id=written.words.source, at=written.words.at, place=written.place)])
        _put(
            _paragraph(article, name, "text", "In the rulebook"),
            "p",
            f"{written.text} ({CERTAINTY[written.certainty]})",
        )
        versions = _paragraph(article, name, "versions", "Versions")
        for version in one.versions:
            _put(versions, "p", f"{version.id}: {version_days(version)}")
        self._rule(article, name, one)
        _cite(_paragraph(article, name, "sources", "Sources"), written.sources)
        if annotated.tested_by:
            tests = _paragraph(article, name, "tests", f"Tested by {count(len(annotated.tested_by), 'file')} of cases")
            for file in annotated.tested_by:
                _put(tests, "p", f"{file.title} ({file.file})")

    def _rule(self, article: ET.Element, name: str, one: ProvisionEntry) -> None:
        """The rule in words: a list for each of its parts."""
        words = one.in_words
        parts = (
            ("in-force", "In force if", words.in_force),
            ("when", "Applies if", words.when),
            ("unless", "Unless", words.unless),
            ("then", "Then", _some(words.concludes)),
            ("brings", "Brings", _some(words.brings)),
        )
        for key, title, lines in parts:
            if lines:
                listed = _put(article, "list", eId=f"{name}__{key}")
                _put(listed, "heading", title)
                if len(lines) > 1 and key in ("in-force", "when", "unless"):
                    _put(_put(listed, "intro"), "p", "all of this is true")
                self._points(listed, f"{name}__{key}", lines)

    def _points(self, within: ET.Element, name: str, lines: Sequence[OutlineLine]) -> None:
        for number, line in enumerate(lines, 1):
            point = _put(within, "point", eId=f"{name}__{number}")
            if line.below:
                self._line(_put(point, "intro"), line)
                self._points(point, f"{name}__{number}", line.below)
            else:
                self._line(_put(point, "content"), line)

    def _line(self, within: ET.Element, line: OutlineLine) -> None:
        option = f"if {line.option}{' (default)' if line.default else ''}: " if line.option else ""
        kind, _, reading = line.name.rpartition(" ")
        said = _put(within, "p", f"{option}{line.says}".rstrip(" :") or line.name)
        if kind == "reading" and ("reading", reading) in self.law.named:
            _put(said, "noteRef", href=f"#reading-{reading}", marker=reading)


def _cite(within: ET.Element, references: Iterable[SourceRef]) -> None:
    """Sources, a line for each, with the place in it."""
    for one in references:
        line = _put(within, "p")
        _put(line, "ref", cited(one), href=f"#source-{one.id}")


def _paragraph(article: ET.Element, name: str, key: str, title: str) -> ET.Element:
    """The content of a new paragraph."""
    paragraph = _put(article, "paragraph", eId=f"{name}__{key}")
    _put(paragraph, "heading", title)
    return _put(paragraph, "content")


def _put(within: ET.Element, element: str, said: str | None = None, /, **attributes: str) -> ET.Element:
    one = ET.SubElement(within, element, attributes)
    one.text = said
    return one


def _some(line: OutlineLine | None) -> tuple[OutlineLine, ...]:
    if line is None:
        return ()
    return line.below if line.below and not line.name else (line,)


def _turns(version: Version) -> Iterator[datetime.date]:
    yield from (one for one in (version.first, _after(version)) if one is not None)


def _after(version: Version) -> datetime.date | None:
    """The day on which a version is law no longer."""
    return None if version.last is None else version.last + datetime.timedelta(days=1)


def _event(when: datetime.date) -> str:
    return f"day-{when.isoformat()}"


def _uri(address: str) -> str:
    return address.replace(" ", "%20")
