"""A comparison by reading in one sentence, in the words of the rulebook."""

from __future__ import annotations

from collections.abc import Sequence

from lawmodel.answer.comparing.comparison import Clause, Compared, Gist, Options, ReadingComparison
from lawmodel.answer.words import count

BUT = " (but not if"
UNTOLD_BEYOND = 6
"""More alternatives than these are not put into a sentence; the table has them."""


def reading_sentence(found: ReadingComparison) -> str:
    """What the answer is, and under which readings it is another."""
    about = found.about
    chosen = given(about)
    if not found.matter:
        only = found.at_defaults[0].gist
        answer = concluded(about, only, (only,))
        if not found.bearing:
            return capital(f"{chosen}no contested point bears on the question: {answer}.")
        bear = "the one contested point that bears"
        if len(found.bearing) > 1:
            bear = f"the {len(found.bearing)} contested points that bear"
        return capital(
            f"{chosen}no reading changes the answer: {answer}, however {bear} on the question may be read; "
            "nobody need take a side to give it."
        )
    gists = [clause.gist for clause in (*found.at_defaults, *found.departures)]
    sentence = _standing(found, gists)
    alternatives = sum(len(clause.conditions) for clause in found.departures)
    if alternatives > UNTOLD_BEYOND:
        apart = {name for clause in found.departures for each in clause.conditions for name in each}
        points = [about.rulebook.readings[name].title for name in found.matter if name in apart]
        return capital(f"{chosen}{sentence}; but other answers to these questions lead to another: {' '.join(points)}")
    return capital(f"{chosen}{sentence}{_departing(found, gists)}.")


def _standing(found: ReadingComparison, gists: Sequence[Gist]) -> str:
    """The answer at the defaults; where some readings have none: what it is under each."""
    about = found.about
    if len(found.at_defaults) == 1:
        return concluded(about, found.at_defaults[0].gist, gists)
    named = {name for clause in found.at_defaults for each in clause.conditions for name in each}
    titles = [about.rulebook.readings[name].title for name in found.matter if name in named]
    points = "a point on which there is no default" if len(titles) == 1 else "points on which there is no default"
    told = [f"if {_alternatives(found, one)}: {concluded(about, one.gist, gists)}" for one in found.at_defaults]
    return f"the answer depends on {points} ({' '.join(titles)}): {'; '.join(told)}"


def _departing(found: ReadingComparison, gists: Sequence[Gist]) -> str:
    parts, before = [], ""
    for number, clause in enumerate(found.departures):
        when = _alternatives(found, clause)
        exceptions = when[when.find(BUT) :] if BUT in when else ""
        if exceptions and exceptions == before:
            when = when.replace(exceptions, " (with the same exception)")
        before = exceptions
        then = concluded(found.about, clause.gist, gists)
        if number:
            parts.append(f". Failing that, if {when}: {then}")
        elif len(found.at_defaults) == 1:
            parts.append(f", unless {when}: then {then}")
        else:
            undisturbed = all(found.defaults[name] is not None for each in clause.conditions for name in each)
            parts.append(f". {'However that is read' if undisturbed else 'But'}, if {when}: {then}")
    return "".join(parts)


def given(about: Compared) -> str:
    """The readings that were chosen."""
    if not about.chosen:
        return ""
    says = [about.rulebook.readings[name].option(option).says for name, option in about.chosen.items()]
    return f"taking it that {together(says)}, "


def _alternatives(found: ReadingComparison, clause: Clause) -> str:
    """Under which readings, in the words of their options; numbered where there are several ways."""
    said = [_condition(found, each) for each in clause.conditions]
    if len(said) == 1:
        return said[0]
    return either([f"({number}) {one}" for number, one in enumerate(said, 1)])


def _condition(found: ReadingComparison, options: Options) -> str:
    """What must be read otherwise than by default; then what must not be read otherwise, since the default would do."""
    single, several, exceptions = [], [], []
    for name, chosen in options.items():
        reading, default = found.about.rulebook.readings[name], found.defaults[name]
        others = [option.says for option in reading.options if option.id not in chosen]
        says = [reading.option(option).says for option in chosen]
        if default in chosen or (default is None and len(options) > 1 and len(others) < len(chosen)):
            exceptions += others
        elif len(says) == 1:
            single += says
        else:
            several.append(f"either {either(says)}")
    if not single and not several:
        return f"it is not read so that {', or that '.join(exceptions)}"
    return together(single + several) + (f"{BUT} {', or if '.join(exceptions)})" if exceptions else "")


def concluded(about: Compared, gist: Gist, beside: Sequence[Gist]) -> str:
    """What an answer comes to; with what else tells it from others of the same outcome ``beside`` it."""
    said = _possible(about, gist.possible)
    alike = [other for other in beside if other.possible == gist.possible and other != gist]
    if any(other.follows != gist.follows for other in alike):
        shared = set.intersection(*(set(other.follows) for other in (gist, *alike)))
        own = [
            f"besides{'' if certain else ', perhaps'}: {about.rulebook.consequences[name].says}"
            for name, certain in gist.follows
            if (name, certain) not in shared
        ]
        said += f" ({'; '.join(own)})" if own else ""
    elif any(other.grounds != gist.grounds for other in alike):
        said += f" (on {together(cited_grounds(about, gist.grounds))})" if gist.grounds else " (on no one ground)"
    return said


def cited_grounds(about: Compared, grounds: Sequence[str]) -> list[str]:
    """The citations of provisions, each once."""
    return list(dict.fromkeys(about.rulebook.provisions[name].citation for name in grounds))


def _possible(about: Compared, possible: Sequence[str]) -> str:
    means = [about.asked.outcome(name).means for name in possible]
    if len(means) == 1:
        return means[0]
    return f"either {' or '.join(means) if len(means) == 2 else either(means)}, depending on what is left open"


def together(parts: Sequence[str]) -> str:
    """All of the parts."""
    return _row(parts, "and")


def either(parts: Sequence[str]) -> str:
    """Some one of the parts."""
    return _row(parts, "or")


def _row(parts: Sequence[str], last: str) -> str:
    if len(parts) < 3:
        # A comma, since the parts may be whole clauses.
        return f", {last} ".join(parts) if any("," in one or " " in one for one in parts) else f" {last} ".join(parts)
    return f"{', '.join(parts[:-1])}, {last} {parts[-1]}"


def capital(text: str) -> str:
    """With a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def readings_counted(found: ReadingComparison) -> str:
    """How many readings bear on the question, and how many change the answer."""
    if not found.bearing:
        return ""
    bear = f"{count(len(found.bearing), 'reading')} bear{'s' if len(found.bearing) == 1 else ''} on the question"
    return f"{bear}, {len(found.matter) or 'none'} can change the answer"
