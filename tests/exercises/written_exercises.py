"""Exercises of every form, written by hand, with texts in which each format has something to escape."""

from __future__ import annotations

from typing import Any, Final

from lawmodel.exercises.exercise import (
    AnswerInBrief,
    AnswerOption,
    Difficulty,
    Exercise,
    ExerciseSet,
    Kind,
    OneChoice,
    OtherReading,
    ProofStep,
    ReadingSide,
    Response,
    SeveralChoices,
    StepOrder,
    WrittenCase,
    with_id,
)
from lawmodel.results.header import RulebookUsed

RULEBOOK: Final = RulebookUsed("Bridges & <ferries>", "1.0", "5f" * 32, "2026-11-28")
CASE: Final = {"presume": "ordinary", "facts": {"crossing": {"made": "2022-01-01"}, "traveller": {"armed": True}}}


def exercise(kind: Kind, response: Response, options: tuple[AnswerOption, ...], **other: Any) -> Exercise:
    """An exercise of the bridge, under its id."""
    told: dict[str, Any] = {
        "title": f"The bridge: {kind}",
        "stem": "May she cross?",
        "hints": ("Look at the second rule.", "It names one thing: a weapon.", "Has she one?"),
        "explanation": "Whoever is armed may not cross.",
        "proof": (ProofStep("lawmodel decide case.yaml --question crossing", "refused"),),
        "level": 2,
        "difficulty": Difficulty(facts=2, misconceptions=1),
        "story": "Anna Petrova comes to the bridge on 1 January 2022.\n\nShe carries a sabre.",
        "case": CASE,
        "told": ("traveller.armed",),
        "answered": AnswerInBrief("determined", "refused", ("refused",), ("arms-1",)),
        "limbs": ("arms-1:armed",),
    }
    made = Exercise(
        id="",
        kind=kind,
        question="crossing",
        rulebook=RULEBOOK,
        seed=7,
        response=response,
        options=options,
        **{**told, **other},
    )
    return with_id(made)


ONE: Final = exercise(
    "outcome",
    OneChoice(),
    (
        AnswerOption("law", "No: {she} is armed = refused.", True, feedback="So it is: ~1 rule, #2."),
        AnswerOption("all-free", "Yes, it's 100% free: \\o/", False, "all-free", feedback='Rule 2 says "no" -> look.'),
        AnswerOption(
            "peace", "Yes; a sabre is <no> weapon & ]]> so", False, reading=OtherReading("arms", "guns"), feedback=""
        ),
        AnswerOption("unknown", "Это зависит от «проводника» {{c1::x}} [sound:a.mp3]", False, feedback="Нет :: нет."),
    ),
    story="Anna «Петрова» comes to the bridge = river: {north}.\n\n// She carries a sabre\nof 1 kg (~2 lb), #7.",
    stem="May she cross? [html] $$x$$ ::really::",
)
SEVERAL: Final = exercise(
    "ground",
    SeveralChoices(),
    (
        AnswerOption("arms-1", "Arms, section 1", True, weight=4),
        AnswerOption("night-2", "Night, section 2", True, weight=2, feedback="It was dark."),
        AnswerOption("toll-3", "Toll, section 3", False, "toll-for-all", feedback="Only carts pay."),
    ),
)
NONE_OF_THEM: Final = exercise(
    "contested",
    SeveralChoices(alone="none"),
    (
        AnswerOption("arms", "what arms are", True),
        AnswerOption("night", "when night begins", False),
        AnswerOption("none", "It is not contested.", False),
    ),
    sides=(
        ReadingSide("arms", "guns", "only guns are arms", ("free",), ("town-crier",)),
        ReadingSide("arms", "all", "a sabre is one of <them>", ("refused",), ()),
    ),
)
DAY: Final = exercise(
    "day",
    OneChoice(),
    (
        AnswerOption("2022-01-01", "1 January 2022", False, "signed-is-law"),
        AnswerOption("law", "2 January 2022", True),
        AnswerOption("2022-01-10", "10 January 2022", False),
    ),
)
_STEPS: Final = (
    AnswerOption("day", "find the day", True),
    AnswerOption("who", "find who it is", True),
    AnswerOption("rule", "apply the rule", True),
)
ORDER: Final = exercise("order", StepOrder((("day", "who"), ("who", "rule"))), _STEPS)
PARTIAL_ORDER: Final = exercise("order", StepOrder((("day", "rule"), ("who", "rule"))), _STEPS, stem="In which order?")
BUILD: Final = exercise(
    "build", WrittenCase("refused", ("arms-1",), only_these=True, example=CASE), (), story="", case={}, answered=None
)
IMPOSSIBLE: Final = exercise(
    "build",
    WrittenCase("free", ("arms-1",), possible=False),
    (AnswerOption("bars", "arms only bar", True), AnswerOption("old", "the law is too old", False, feedback="No.")),
    story="",
    case={},
    answered=None,
)
EVERY_FORM: Final = ExerciseSet(
    "Bridges / ferries :: & <all> {of} them",
    7,
    RULEBOOK,
    (ONE, SEVERAL, NONE_OF_THEM, DAY, ORDER, PARTIAL_ORDER, BUILD, IMPOSSIBLE),
)
