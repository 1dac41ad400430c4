"""What an answer turns on, as a picture: a bar for each outcome, and for each open input how often it decides."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from lawmodel.answer.reasons.weights import Weights
from lawmodel.answer.text import verdict
from lawmodel.answer.words import count
from lawmodel.rulebook.model import Rulebook

WIDEST = 16
EIGHTHS = " ▏▎▍▌▋▊▉"


def weighed(weights: Weights) -> Iterator[RenderableType]:
    """The outcomes and the open inputs with their shares, exactly counted."""
    answer = weights.answer
    rulebook = answer.rulebook
    yield from verdict(answer)
    yield Text()
    if answer.determined:
        yield Text("Nothing left open could change the answer.")
        if answer.rests_on:
            example = next((name for name in answer.rests_on if name in rulebook.readings), None)
            yield Text(f"It rests on what was taken by default or presumed: {', '.join(answer.rests_on)}.")
            if example is not None:
                yield Text(f"To weigh such a reading, leave it open: --reading {example}=unknown", "dim")
        yield Text()
        return
    if weights.total is None:
        yield Text("Not weighed: too many orders are possible among " + ", ".join(weights.bound) + ".")
        yield Text("Give one of these days, or settle a reading, to have the rest weighed. It turns on:")
        for weight in weights.inputs:
            yield Text(f"  {_names(weight.inputs)}  {_title(rulebook, weight.inputs)}")
        yield Text()
        return
    yield Text.assemble(
        ("Outcomes", "bold"), (f"  in {weights.total:,} situations that the question tells apart", "dim")
    )
    table = _table()
    most = max(weights.outcomes.values())
    for name, found in weights.outcomes.items():
        means = rulebook.questions[answer.question].outcome(name).means
        table.add_row(name, bar(found, most), _share(found, weights.total), _of(found, weights.total), means)
    yield table
    yield Text()
    alone = count(len(weights.inputs), "open point")
    yield Text.assemble(
        ("Turns on", "bold"), (f"  {alone}; how often each alone, all else as it is, would change the outcome", "dim")
    )
    table = _table()
    most = max(weight.flips for weight in weights.inputs)
    for weight in weights.inputs:
        table.add_row(
            _names(weight.inputs),
            bar(weight.flips, most),
            _share(weight.flips, weights.total),
            _of(weight.flips, weights.total),
            _title(rulebook, weight.inputs),
        )
    yield table
    yield Text()


def bar(part: int, most: int) -> Text:
    """A bar in eighths of a character, the longest for the most; what is not nothing is never invisible."""
    eighths = max(part * WIDEST * 8 // most, 1 if part else 0) if most else 0
    whole, rest = divmod(eighths, 8)
    return Text("█" * whole + (EIGHTHS[rest] if rest else ""), "cyan")


def _table() -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(width=WIDEST, no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(justify="right", style="dim", overflow="fold")
    table.add_column(overflow="fold")
    return table


def _share(part: int, total: int) -> str:
    """A share in per cent; what is more than nothing is never shown as nothing, nor less than all as all."""
    share = 100 * part / total
    if part and share < 0.1:
        return "<0.1 %"
    if part < total and share > 99.9:
        return ">99.9 %"
    return f"{share:.1f} %"


def _of(part: int, total: int) -> str:
    return f"{part:,}" if total > 10**9 else f"{part:,} of {total:,}"


def _names(inputs: tuple[str, ...]) -> str:
    return " with ".join(inputs)


def _title(rulebook: Rulebook, inputs: tuple[str, ...]) -> str:
    """What is asked of an input; of several that move together, their names will do."""
    if len(inputs) > 1:
        return "only together, since their order binds them"
    name = inputs[0]
    if name in rulebook.readings:
        return rulebook.readings[name].title
    records, _, rest = name.partition("[")
    number, _, field = rest.partition("].")
    if not field:
        return rulebook.facts[name].ask
    return f"{rulebook.facts[records].each} {number}: {rulebook.fact(f'{records}.{field}').ask}"
