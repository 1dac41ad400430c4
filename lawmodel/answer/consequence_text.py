"""What follows beside the outcome, with its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import RenderableType
from rich.text import Text

from lawmodel.answer.answer import Answer
from lawmodel.answer.words import CERTAINTY, cited


def brought(answer: Answer) -> Iterable[RenderableType]:
    """Each consequence with its figures, how sure it is and who says so."""
    if not answer.consequences:
        return
    yield Text("Consequences", "bold")
    for one in answer.consequences:
        provision = answer.rulebook.provisions[one.provision]
        sources = ", ".join(cited(ref) for ref in one.sources)
        mark = ("▸ ", "cyan") if one.certain else ("? ", "yellow")
        yield Text.assemble(
            mark,
            one.says,
            "" if one.certain else "  (if what is open comes to it)",
            (f"   {provision.citation}", "dim"),
        )
        for figure in one.figures:
            yield Text(f"    {_figure_in_words(figure)}")
        yield Text(f"    {CERTAINTY[one.certainty]} · {sources}", "dim")
    yield Text()


def _figure_in_words(figure: Mapping[str, str | int | None]) -> str:
    least, most, unit = figure["from"], figure["to"], figure["unit"]
    numbers = [f"{bound:,}" if isinstance(bound, int) else str(bound) for bound in (least, most) if bound is not None]
    if least is not None and most is not None:
        span = " to ".join(numbers)
    elif least is not None:
        span = f"from {numbers[0]}"
    else:
        span = f"up to {numbers[0]}" if numbers else ""
    return f"{figure['kind']}: {span} {unit}"
