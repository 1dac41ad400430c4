"""Comparisons in words: what each answer comes to, when it is the answer, and the whole in few sentences."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Final

from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.compare.comparisons import (
    ComparedAnswer,
    ConditionalAnswer,
    DatedEvent,
    DayRow,
    Event,
    Options,
    StageRow,
    TellingRow,
)
from lawmodel.words.counts import count
from lawmodel.words.law import DATE_CERTAINTY, day, law_of
from lawmodel.words.outcomes import both, either, predicates, subject

TEXT: Final = "text"
"""The name of what is no telling: the text, with the defaults."""
MOST_SAID: Final = 6
"""More ways to another answer than these are counted in a sentence, not told."""


# --- answers -------------------------------------------------------------------------------------------


def answer_in_words(
    rulebook: Rulebook, question: str, answer: ComparedAnswer, beside: Sequence[ComparedAnswer] = ()
) -> str:
    """What an answer says of the subject; with what else tells it from others of the same outcome ``beside`` it."""
    said = predicates(rulebook, question, answer.possible)
    if len(answer.possible) > 1:
        said = f"depends ({said})"
    alike = [other for other in beside if other.possible == answer.possible and other != answer]
    if any(other.consequences != answer.consequences for other in alike):
        shared = set.intersection(*(set(other.consequences) for other in (answer, *alike)))
        own = [
            f"{'besides' if one.certain else 'besides, perhaps'}: {rulebook.consequences[one.id].says}"
            for one in answer.consequences
            if one not in shared
        ]
        return f"{said} ({'; '.join(own)})" if own else said
    if any(other.grounds != answer.grounds for other in alike):
        return f"{said} ({both(cited_grounds(rulebook, answer.grounds)) or 'no one ground throughout'})"
    return said


def cited_grounds(rulebook: Rulebook, grounds: Sequence[str]) -> list[str]:
    """The citations of provisions, each once."""
    return list(dict.fromkeys(rulebook.provisions[name].citation for name in grounds))


def _begun(rulebook: Rulebook, question: str, chosen: Mapping[str, str]) -> str:
    """The readings that were chosen, and the subject, as far as a predicate can follow it."""
    says = [rulebook.readings[name].option(option).says for name, option in chosen.items()]
    given = f"Taking it that {both(says)}: " if says else ""
    about = subject(rulebook, question).rstrip(",")
    of_predicates = all(one.predicate or one.means.startswith("it ") for one in rulebook.questions[question].outcomes)
    return f"{given}{about}{' ' if of_predicates else ': '}"


# --- by reading ----------------------------------------------------------------------------------------


def options_in_words(rulebook: Rulebook, conditions: Sequence[Options]) -> str:
    """Alternatives, each of readings with how the text is read: what follows an if.

    Of a reading with several options the names are said: their sentences, side by side, could be read wrongly.
    """
    each = [
        " and if ".join(
            rulebook.readings[name].option(chosen[0]).says
            if len(chosen) == 1
            else f"{name} is read as {either(chosen)}"
            for name, chosen in sorted(options.items(), key=lambda one: len(one[1]) > 1)
        )
        for options in conditions
    ]
    return ("; or if " if any(len(options) > 1 for options in conditions) else ", or if ").join(each)


def reading_sentence(
    rulebook: Rulebook,
    question: str,
    chosen: Mapping[str, str],
    bearing: int,
    at_defaults: Sequence[ConditionalAnswer],
    exceptions: Sequence[ConditionalAnswer],
) -> str:
    """What the answer is by default, and under which readings it is another."""
    about = _begun(rulebook, question, chosen)
    if not exceptions and len(at_defaults) == 1:
        readings = "the contested reading that bears" if bearing == 1 else f"the {bearing} contested readings that bear"
        however = f"however {readings} on it may be taken" if bearing else "and no contested reading bears on it"
        return f"{about}{at_defaults[0].says}, {however}."
    if len(at_defaults) == 1:
        parts = [f"{about}{at_defaults[0].says} by default"]
    else:
        parts = [
            f"{about.rstrip(' :')}: it depends on how the law is read",
            *(f"If {one.when}: {one.says}" for one in at_defaults),
        ]
    ways = sum(len(one.conditions) for one in exceptions)
    if ways > MOST_SAID:
        return f"{'. '.join(parts)}. {count(ways, 'combination')} of readings lead to another answer."
    for number, one in enumerate(exceptions):
        lead = "Failing that, if" if number else "If" if len(at_defaults) == 1 else "However that is read, if"
        parts.append(f"{lead} {one.when}: {one.says}")
    return f"{'. '.join(parts)}."


# --- by date -------------------------------------------------------------------------------------------


def days_in_words(first: str | None, last: str | None) -> str:
    """A stretch of days."""
    if first is None:
        return "on every day" if last is None else f"until {_day(last)}"
    if last is None:
        return f"from {_day(first)}"
    return f"on {_day(first)}" if first == last else f"from {_day(first)} until {_day(last)}"


def _day(iso: str) -> str:
    return day(datetime.date.fromisoformat(iso))


def event_in_words(event: Event) -> str:
    """What happens, and how sure its day is."""
    how = ""
    if event.kind == "day":
        return f"{event.says} is past"
    if isinstance(event, DatedEvent):
        how = "disputed" if event.certainty == "disputed" else DATE_CERTAINTY.get(event.certainty, "")
    return f"{event.says} ({how})" if how else event.says


def because_in_words(row: DayRow) -> str:
    """Why the answer changes, in one line; empty where it does not."""
    return ", or ".join(both(list(map(event_in_words, together))) for together in row.because)


def day_sentence(rulebook: Rulebook, question: str, chosen: Mapping[str, str], rows: Sequence[DayRow]) -> str:
    """What the answer is on which days, and why it changes."""
    about = _begun(rulebook, question, chosen)
    if len(rows) == 1 and rows[0].answer is not None:
        return f"{about}{rows[0].says} {rows[0].when}."
    parts = []
    for row in rows:
        because = because_in_words(row)
        parts.append(f"{row.when}{f', since {because}' if because else ''}: {row.says}")
    return f"{about.rstrip(' :')}, {'; '.join(parts)}."


# --- by stage ------------------------------------------------------------------------------------------


def stages_in_words(rulebook: Rulebook, stages: Sequence[str]) -> str:
    """From which stages bills count as law."""
    says = [stage.says for stage in rulebook.stages if stage.id in stages]
    return f"once {says[0]}" if len(says) == 1 else f"once {says[0]} (or later, up to {says[-1]})"


def stage_sentence(
    rulebook: Rulebook, question: str, chosen: Mapping[str, str], law_date: str | None, rows: Sequence[StageRow]
) -> str:
    """What the answer is with the law in force, and what it would be with bills as law."""
    about = _begun(rulebook, question, chosen)
    if len(rows) == 1:
        return f"{about}{rows[0].says}, at whatever stage bills count as law."
    parts = []
    for row in sorted(rows, key=lambda one: not one.of_case):
        law = f"by the {law_of(rulebook, rulebook.ordinary_stage, law_date)}"
        when = law if row.of_case else f"if bills counted as law {stages_in_words(rulebook, row.stages)}"
        parts.append(f"{when}: {row.says}")
    names = dict.fromkeys(name for row in rows for together in row.because for name in together)
    titles = both([rulebook.instruments[name].title for name in names])
    return f"{about.rstrip(' :')}, {'; '.join(parts)}. What makes the difference: {titles}."


# --- by telling ----------------------------------------------------------------------------------------


def telling_sentence(rulebook: Rulebook, question: str, chosen: Mapping[str, str], rows: Sequence[TellingRow]) -> str:
    """What readers of each source would conclude."""
    about = _begun(rulebook, question, chosen)
    if len(rows) == 1:
        alone = rows[0].tellings == (TEXT,)
        agree = "no source speaks of it" if alone else "all sources that speak of it agree"
        return f"{about}{rows[0].says}: {agree}."
    parts = [
        f"as told by {both(['the text' if name == TEXT else name for name in row.tellings])}: {row.says}"
        for row in rows
    ]
    return f"{about.rstrip(' :')}, {'; '.join(parts)}."
