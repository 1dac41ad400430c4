"""A case that was found, as a case file with a heading; and that there is none."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from lawmodel.answer.words import law_of
from lawmodel.inquiry.searching.found import Found
from lawmodel.rulebook.model import Rulebook


def found_as_case_file(found: Found, sought: str, number: int, of: int) -> str:
    """The text of a case file, with what it shows above it as comments."""
    counted = f" ({number} of at most {of})" if of > 1 else ""
    kind = " of another kind" if number > 1 else ""
    lines = [f"The simplest case{kind} on which {sought}{counted}."]
    question = found.rulebook.questions[found.question]
    lines.append(question.asks)
    widest = max(len(one.name) for one in found.seen)
    for one in found.seen:
        assert one.answer.outcome is not None
        grounds = ", ".join(ground.citation for ground in one.answer.grounds)
        means = question.outcome(one.answer.outcome).means
        lead = f"{one.name:{widest}}  " if widest else ""
        lines.append(f"  {lead}{means}{f' ({grounds})' if grounds else ''}")
    open_readings = [f"{name}: {option}" for name, option in found.readings.items()]
    if open_readings:
        lines.append(f"Under {', '.join(open_readings)}.")
    if all(one.on is None and one.stage is None for one in found.seen) and found.seen[0].answer.law_date:
        day = datetime.date.fromisoformat(found.seen[0].answer.law_date)
        said = law_of(found.rulebook, found.seen[0].answer.stage, day)
        lines.append(f"{said[:1].upper()}{said[1:]}.")
    heading = "\n".join(f"# {line}" for line in lines)
    return ("\n" if number > 1 else "") + f"{heading}\n{found.to_yaml()}"


def nothing_found(rulebook: Rulebook, questions: Sequence[str], sought: str) -> str:
    """That there is no such case, and for what that is proved."""
    asked = " ".join(rulebook.questions[name].asks for name in questions)
    return (
        f"There is none: no case whatever is such that {sought}.\n"
        f"Proved for all facts, lists of any length, and every option of the readings that have no default.\n{asked}"
    )
