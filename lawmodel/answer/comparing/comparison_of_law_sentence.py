"""Comparisons by day, by stage and by telling in one sentence each."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from lawmodel.answer.comparing.comparison import Compared, Gist
from lawmodel.answer.comparing.comparison_of_law import Change, DayComparison, DayRow, StageComparison
from lawmodel.answer.comparing.comparison_of_tellings import TellingComparison
from lawmodel.answer.comparing.comparison_sentence import capital, concluded, either, given, together
from lawmodel.answer.words import day, law_of

TEXT = "text"


def day_sentence(found: DayComparison) -> str:
    """What the answer is on which days, and why it changes."""
    gists = [row.gist for row in found.rows if row.gist is not None]
    if len(gists) == len(found.rows) == 1:
        answer = f"{concluded(found.about, gists[0], gists)}, {days_in_words(found.rows[0])}"
        return capital(f"{given(found.about)}the day of the law changes nothing: {answer}.")
    parts = [_on_days(found.about, row, gists) for row in found.rows]
    return capital(f"{given(found.about)}{'; '.join(parts)}.")


def _on_days(about: Compared, row: DayRow, gists: Sequence[Gist]) -> str:
    when = days_in_words(row)
    if row.gist is None:
        return f"{when}: no decision, since {row.excluded_by}"
    because = _because(row)
    return f"{when}{f', {because}' if because else ''}: {concluded(about, row.gist, gists)}"


def days_in_words(row: DayRow) -> str:
    """The days of a row."""
    if row.first is None and row.last is None:
        return "on every day"
    if row.first is None:
        return f"until {_day(row.last)}"
    if row.last is None:
        return f"from {_day(row.first)}"
    if row.first == row.last:
        return f"on {_day(row.first)}"
    return f"from {_day(row.first)} until {_day(row.last)}"


def _day(text: str | None) -> str:
    return day(datetime.date.fromisoformat(str(text)))


def _because(row: DayRow) -> str:
    said = [" and ".join(map(_changed, alike)) for alike in row.because]
    return either(said) if said else ""


def _changed(change: Change) -> str:
    match change.kind:
        case "begins" | "ends" | "wording":
            return f"when {change.says}{f' ({change.certainty})' if change.doubtful else ''}"
        case "fact":
            return f"because of the case ({change.says})"
        case "day":
            return f"after {change.says}"
        case _:
            return f"since {change.says}"


def stage_sentence(found: StageComparison) -> str:
    """What the answer is with the law in force, and what it would be with bills as law."""
    about = found.about
    says = {stage.id: stage.says for stage in about.rulebook.stages}
    gists = [row.gist for row in found.rows]
    law = "with the law in force on a day that is not known"
    if about.law_date is not None:
        law = f"with the {law_of(about.rulebook, about.stage, datetime.date.fromisoformat(about.law_date))}"
    if len(found.rows) == 1:
        answer = concluded(about, gists[0], gists)
        return capital(
            f"{given(about)}no bill changes the answer, at whatever stage bills are counted as law: {answer}."
        )
    own = next(row for row in found.rows if row.of_case)
    parts = [f"{law}: {concluded(about, own.gist, gists)}"]
    for row in found.rows:
        if row is not own:
            until = "" if len(row.stages) == 1 else f", or at any later stage until they were {says[row.stages[-1]]}"
            parts.append(
                f"if bills counted as law once they were {says[row.stages[0]]}{until}: "
                f"{concluded(about, row.gist, gists)}"
            )
    laws = dict.fromkeys(name for row in found.rows for alike in row.because for name in alike)
    return capital(f"{given(about)}{'; '.join(parts)}. What makes the difference is {together(list(laws))}.")


def telling_sentence(found: TellingComparison) -> str:
    """What readers of each source would conclude."""
    about = found.about
    gists = [row.gist for row in found.rows]
    if len(found.rows) == 1:
        told = "no source speaks of it" if found.rows[0].tellings == (TEXT,) else "all sources that speak of it agree"
        return capital(f"{given(about)}{told}: {concluded(about, gists[0], gists)}.")
    parts = []
    for row in found.rows:
        names = ["the text" if name == TEXT else name for name in row.tellings]
        readers = " or ".join(names) if len(names) < 3 else either(names)
        parts.append(f"a reader of {readers} would conclude: {concluded(about, row.gist, gists)}")
    return capital(f"{given(about)}{'; '.join(parts)}.")
