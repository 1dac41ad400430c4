"""The footnotes of a memorandum: each source in full where it is first cited, in short and by that note later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lawmodel.document import Footnote, Footnotes, Link, Span, Text, noted, text
from lawmodel.rulebook.model import Rulebook, Source, SourceRef
from lawmodel.words.law import day, how_seen
from lawmodel.words.outcomes import both


class Notes:
    """Numbers footnotes in the order in which they are cited: that of the document, if it is made in its order."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._numbers: dict[tuple[tuple[str, str | None], ...], int] = {}
        self._first: dict[str, int] = {}
        self._notes: list[Footnote] = []

    def cite(self, sources: Sequence[SourceRef], otherwise: Sequence[SourceRef] = ()) -> Text:
        """The mark of a note on sources, those of another view behind them; nothing without sources.

        The same sources again have the same mark.
        """
        if not sources and not otherwise:
            return ()
        key = tuple((one.id, one.at) for one in (*sources, SourceRef(id="", place=(*sources, *otherwise)[0].place)))
        key += tuple((one.id, one.at) for one in otherwise)
        if key not in self._numbers:
            number = len(self._notes) + 1
            self._numbers[key] = number
            said = [*self._cited(sources, number)]
            for place, one in enumerate(self._cited(otherwise, number)):
                said.append(text("Otherwise: ", one) if not place else one)
            spaced = [text(" " if place else "", one) for place, one in enumerate(said)]
            self._notes.append(Footnote(number, text(*spaced)))
        return (noted(self._numbers[key]),)

    def block(self) -> Footnotes:
        """All notes so far."""
        return Footnotes(tuple(self._notes))

    def _cited(self, sources: Iterable[SourceRef], number: int) -> Iterator[Text]:
        """Each source with all the places in it, as a sentence."""
        places: dict[str, list[str]] = {}
        for one in sources:
            places.setdefault(one.id, [])
            places[one.id] += [one.at] if one.at else []
        for name, at in places.items():
            source, where = self._rulebook.sources[name], f", {both(at)}" if at else ""
            first = self._first.get(name)
            called = source.short or source.title
            if first is None:
                self._first[name] = number
                yield text(*_in_full(source, where))
            elif first == number:  # further on in the same note
                yield text(f"{called}{where}.")
            else:
                yield text(f"{called} (n. ", Span(str(first), link=Link("note", str(first))), f"){where}.")


def _in_full(source: Source, where: str) -> Iterator[str | Span]:
    called = f" (“{source.short}”)" if source.short is not None else ""
    dated = f", {day(source.date)}" if source.date is not None and source.kind != "instrument" else ""
    yield f"{source.title}{called}{dated}{where}"
    if source.address is not None:
        yield "; "
        yield Span(source.address, link=Link("web", source.address))
    yield f"; {how_seen(source.seen)}." if source.seen is not None else "."
