"""A rulebook at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console, RenderableType
from rich.text import Text

from lawmodel.answer.console import write
from lawmodel.answer.law.law_data import counts
from lawmodel.answer.law.law_parts import IN_FORCE, UNCERTAIN, columns, dateline, indented, section, standing
from lawmodel.answer.law.law_view import LawView
from lawmodel.answer.words import count
from lawmodel.rulebook.model import Question, Reading


def show_overview(view: LawView, to: Console) -> None:
    """Write questions, provisions, readings, date lines and concepts."""
    write(to, _parts(view))


def _parts(view: LawView) -> Iterable[RenderableType]:
    rulebook = view.rulebook
    yield Text(rulebook.title, "bold")
    yield Text(_counts(counts(rulebook)), "dim")
    yield Text(view.law_in_words, "dim")
    yield Text()
    for question in rulebook.questions.values():
        yield from _question(view, question)
    yield from _readings(view)
    yield from _datelines(view)
    yield from _others(view)
    yield Text("lawmodel law ID shows any of these; lawmodel law --contested all that sources disagree on.", "dim")


def _counts(found: dict[str, int]) -> str:
    said = {
        name: count(number, name.removesuffix("s"))
        for name, number in found.items()
        if number and name != "open_readings"
    }
    if "readings" in said:
        said["readings"] += f" ({found['open_readings']} open)"
    return " · ".join(said.values())


def _question(view: LawView, question: Question) -> Iterator[RenderableType]:
    yield Text.assemble((question.title, "bold"), f"  {question.asks}", (f"  {question.id}", "dim"))
    table = columns(22, 20, None)
    for outcome in question.outcomes:
        table.add_row(Text(outcome.id, "cyan"), Text(outcome.says), Text(outcome.means))
    yield indented(table)
    yield Text()
    provisions = columns(2, 38, None, None)
    for provision in view.rulebook.provisions.values():
        if provision.question == question.id:
            found = view.law.provision(provision)
            mark, colour = IN_FORCE[found.is_law]
            title = Text(provision.title)
            if found.is_law is not True:
                title.append(f"\n{found.says}", "yellow" if found.is_law is None else "dim")
            provisions.add_row(Text(mark, colour), Text(provision.citation), title, Text(provision.id, "dim"))
    if provisions.row_count:
        yield indented(provisions)
        yield Text()


def _readings(view: LawView) -> Iterator[RenderableType]:
    if not view.rulebook.readings:
        return
    yield section("Readings", "● the default; in brackets how many sources support an option")
    table = columns(24, None)
    for reading in view.rulebook.readings.values():
        table.add_row(Text(reading.id, "cyan"), Text(reading.title))
        table.add_row(Text(), _options(reading))
    yield indented(table)
    yield Text()


def _options(reading: Reading) -> Text:
    text = Text()
    if reading.default is None:
        text.append("OPEN  ", "bold yellow")
    for number, option in enumerate(reading.options):
        chosen = option.id == reading.default
        mark = "● " if chosen else ""
        text.append(f"{' · ' if number else ''}", "dim")
        text.append(f"{mark}{option.id} ({len(option.supported_by)})", "" if chosen else "dim")
    return text


def _datelines(view: LawView) -> Iterator[RenderableType]:
    instruments = view.rulebook.instruments
    if not instruments:
        return
    unsure = sum(step.certainty in UNCERTAIN for one in instruments.values() for step in one.steps)
    remark = f"→ from here on it counts as law; {count(unsure, 'date')} derived or open"
    yield section("Date lines", remark)
    for instrument in instruments.values():
        yield indented(Text.assemble((instrument.id, "cyan"), f"  {instrument.title}"))
        yield indented(standing(view.law.instrument(instrument)), 4)
        yield indented(dateline(view, instrument))
    yield Text()


def _others(view: LawView) -> Iterator[RenderableType]:
    rulebook = view.rulebook
    says = {stage.id: stage.says for stage in rulebook.stages}
    concepts = [(one.id, one.title or one.yes, one.citation) for one in rulebook.concepts.values()]
    consequences = [(one.id, one.says, None) for one in rulebook.consequences.values()]
    tellings = [(one.id, one.title, says[one.stage]) for one in rulebook.tellings.values()]
    for title, rows in (("Concepts", concepts), ("Consequences", consequences), ("Tellings", tellings)):
        if not rows:
            continue
        yield section(title)
        table = columns(28, None)
        for name, what, remark in rows:
            table.add_row(Text(name, "cyan"), Text.assemble(what, (f"  {remark}" if remark else "", "dim")))
        yield indented(table)
        yield Text()
