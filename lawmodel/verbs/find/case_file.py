"""Cases that were found, as the text of case files, each with what it shows above it as comments."""

from __future__ import annotations

from lawmodel.inquiry.searching.found import Found
from lawmodel.verbs.find.found_cases import FoundCases
from lawmodel.words.law import law_of
from lawmodel.words.outcomes import statement


def case_files(found: FoundCases) -> str:
    """The case files; comments alone where there is no case."""
    if not found.cases:
        return f"# There is no case in which {found.sought}.\n"
    texts = [_case_file(found, one, number) for number, one in enumerate(found.cases, 1)]
    end = f"\n# There is no other that is essentially different: {len(texts)} in all.\n" if found.exhausted else ""
    return "\n".join(texts) + end


def _case_file(found: FoundCases, one: Found, number: int) -> str:
    counted = f" ({number} of at most {found.most})" if found.most > 1 else ""
    kind = " of another kind" if number > 1 else ""
    lines = [f"The simplest case{kind} in which {found.sought}{counted}."]
    lines.append(found.rulebook.questions[one.question].asks)
    widest = max(len(seen.name) for seen in one.seen)
    for seen in one.seen:
        assert seen.outcome is not None
        grounds = ", ".join(ground.citation for ground in seen.answer.grounds)
        lead = f"{seen.name:{widest}}  " if widest else ""
        said = statement(found.rulebook, one.question, seen.outcome)
        lines.append(f"  {lead}{said}{f' ({grounds})' if grounds else ''}")
    if one.readings:
        lines.append(f"Under {', '.join(f'{name}: {option}' for name, option in one.readings.items())}.")
    first = one.seen[0].answer
    if all(seen.on is None and seen.stage is None for seen in one.seen) and first.law_date:
        said = law_of(found.rulebook, first.stage, first.law_date)
        lines.append(f"{said[:1].upper()}{said[1:]}.")
    heading = "\n".join(f"# {line}" for line in lines)
    return f"{heading}\n{one.to_yaml()}"
