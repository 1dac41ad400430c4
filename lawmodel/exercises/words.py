"""The sentences of exercises: what can be answered, and what is said to it, from the words of a rulebook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lawmodel.exercises.exercise import OtherReading
from lawmodel.exercises.laws import HeldLaw, Laws
from lawmodel.exercises.parting import PartingStep
from lawmodel.rulebook.model import Provision, Rulebook
from lawmodel.words.counts import count
from lawmodel.words.outcomes import statement

BY_DEFAULT = "By default "
SEVERAL = re.compile(r"\b(Arts|ss|paras)\.|;")
"""What a citation has that names several."""
NO_GROUND = "No provision leads to another answer."
SLIP = "By the law it is not so."
DATE_SAID: Final[Mapping[str, str]] = {
    "text": "That day stands in the sources.",
    "report": "That day is known from reports.",
    "derived": "That day is worked out from the day of publication, and no source states it.",
    "open": "That day is not certain.",
}
"""What is said of the day of a step, by how sure it is."""
CERTAINTY_SAID: Final[Mapping[str, tuple[str, str]]] = {
    "inference": (
        "is inferred here: no text that was seen states it.",
        "are inferred here: no text that was seen states them.",
    ),
    "memory": (
        "is told here as it is generally known: its text was not seen.",
        "are told here as they are generally known: their texts were not seen.",
    ),
}
"""What is said of a provision that is known from neither a text nor a report, and of several under one citation."""
SUPPOSED = "That is the answer of somebody who holds this:"


def sentence(words: str) -> str:
    """Words as a sentence: with a capital letter and a full stop."""
    words = words.strip()
    if not words:
        return ""
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '?', '!')) else '.'}"


def outcome_sentence(rulebook: Rulebook, question: str, outcome: str) -> str:
    """An outcome as a sentence."""
    return sentence(statement(rulebook, question, outcome))


def cited(rulebook: Rulebook, provision: str) -> str:
    """A provision by its citation and its title."""
    one = rulebook.provisions[provision]
    return f"{one.citation}: {one.title}"


def known_otherwise(provision: Provision) -> str:
    """That a provision is known from neither a text nor a report; empty where it is."""
    said = CERTAINTY_SAID.get(provision.certainty)
    return "" if said is None else f"{provision.citation} {said[SEVERAL.search(provision.citation) is not None]}"


def applies(citation: str, word: str = "") -> str:
    """That a provision applies, or several under one citation do; ``word`` (`no longer `) says how."""
    return f"{citation} {word}{'apply' if SEVERAL.search(citation) else 'applies'}"


def rule_behind(held: HeldLaw) -> str:
    """What the law has in the place of a misconception, without saying that it is a reading."""
    return sentence(held.because.removeprefix(BY_DEFAULT))


def belief(laws: Laws, held: HeldLaw) -> str:
    """What one who holds something believes, as a sentence."""
    return sentence(held.says) or "A part of the rule is not there."


def feedback(laws: Laws, held: HeldLaw, part: PartingStep | None) -> str:
    """What is said to somebody who answered as one does who holds something else than the law."""
    said = [f"{SUPPOSED} {belief(laws, held)}"] if held.named else [SLIP]
    if held.reading is not None:
        said.append(reading_remark(laws, OtherReading(*held.reading)))
    said += [held.because] if held.because and held.named else []
    said += [part.says] if part is not None else []
    return " ".join(said)


def reading_taken(laws: Laws, reading: str, option: str) -> str:
    """That a reading is taken otherwise than by default, in brackets; empty where it is not."""
    known = laws.rulebook.readings[reading]
    return "" if option == known.default else f"(Here the law is read so: {known.option(option).says}.)"


def reading_remark(laws: Laws, other: OtherReading) -> str:
    """That an answer is right on another reading, and who reads the law so."""
    option = laws.rulebook.readings[other.reading].option(other.option)
    sources = len(option.supporters)
    if not sources:
        return f"On another reading it is right ({other.reading}={other.option}), but no source seen reads the law so."
    return f"It is right on another reading, {other.reading}={other.option}, which {count(sources, 'source')} " + (
        "supports." if sources == 1 else "support."
    )
