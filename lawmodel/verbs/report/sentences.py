"""Small sentences of a memorandum: the same thing is said in the same words in each of its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from lawmodel.answer.answer import Answer
from lawmodel.document import Text, reading, text
from lawmodel.results.given_input import Origin
from lawmodel.rulebook.model import Certainty
from lawmodel.verbs.report.notes import Notes
from lawmodel.verbs.report.result import NotMetHere, ReadingEffect
from lawmodel.words.outcomes import both, subject

PROVIDES: Final[Mapping[Certainty, str]] = {
    "text": "provides",
    "report": "provides, as its text is reported",
    "inference": "is taken to provide",
    "memory": "provides, by general legal knowledge that was not checked",
}
"""A provision with its verb: how sure its text is, is never left out."""
ORIGIN: Final[Mapping[Origin | None, str]] = {
    "given": "Given",
    "follows": "From what is given",
    "left out": "From silence",
    "presumed": "Assumed",
    "unknown": "Not known",
    "chosen": "As the text is read",
    "default": "As the text is read",
    None: "As the text is read",
}
"""Where a fact comes from, before it; in the order in which they are told."""
SAYS_SO: Final[Mapping[Origin | None, str]] = {
    "given": "The case says so.",
    "left out": "The case is silent, which means this.",
    "presumed": "This is assumed.",
    "follows": "This follows from what the case says.",
    "unknown": "The case does not say.",
    "chosen": "",
    "default": "",
    None: "",
}
"""Of an element that is a single fact."""


def capital(words: str) -> str:
    """A sentence begins with a capital."""
    return words[:1].upper() + words[1:]


def small(words: str) -> str:
    """Within a sentence the subject of an answer has none."""
    return words[:1].lower() + words[1:]


def would_be(answer: Answer, predicate: str) -> str:
    """What the subject of the question then comes to: ``admission may be granted``."""
    return f"{small(subject(answer.rulebook, answer.question)).rstrip(',')} {predicate}"


def how_taken(one: ReadingEffect) -> str:
    """By whom a reading was chosen."""
    match one.chosen_by:
        case "default":
            return "default"
        case "asked":
            return "chosen for this memorandum"
        case "case":
            return "chosen by the case"
        case "telling":
            return "as the source tells it"
        case "nobody":
            return "open"


def reading_said(answer: Answer, one: ReadingEffect, notes: Notes) -> Text:
    """How a text is read that matters, who reads it so, and what the others would lead to."""
    name = reading(one.id, one.id)
    others = [other for other in one.others if other.possible]
    mark = notes.cite(one.supported_by, [ref for other in others for ref in other.supported_by])
    if one.option is None:
        options = "; ".join(f"if {other.says}: {would_be(answer, other.answer)}" for other in others)
        return text("How the text is to be read is open (reading ", name, f"): {options}.", mark)
    said = text("Reading ", name, f" ({how_taken(one)}): {one.says}.", mark)
    if one.effect == "together":
        return text(said, " Another reading would change the answer only together with others.")
    differing = [other for other in others if other.possible != answer.possible]
    then = "; ".join(f"if {other.says}, {would_be(answer, other.answer)}" for other in differing)
    return text(said, f" On another reading the answer is another: {then}." if then else "")


def without_effect_said(effects: Sequence[ReadingEffect]) -> Text:
    """How texts are read on which nothing hangs here."""
    said: list[Text] = []
    taken = [one for one in effects if one.option is not None]
    left_open = [one for one in effects if one.option is None]
    for lead, some in (("By default, and without effect on the answer", taken), ("Open, without effect", left_open)):
        parts = [text(f"{one.says or one.asks} (", reading(one.id, one.id), ")") for one in some]
        joined = [text("; " if place else "", one) for place, one in enumerate(parts)]
        if parts:
            said.append(text(" " if said else "", f"{lead}: ", *joined, "."))
    return text(*said)


def reason_said(one: NotMetHere) -> str:
    """Why a provision does not apply, with where the facts come from, unless the case states them."""
    silent = [ORIGIN[origin].lower() for origin in one.origins if origin in ("left out", "presumed", "follows")]
    return f"{one.because} ({both(silent)})" if silent else one.because
