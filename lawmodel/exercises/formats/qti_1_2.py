"""QTI 1.2, a package that Canvas and Blackboard read: choices with feedback for each option, cases to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, assert_never

from lawmodel.exercises.exercise import Exercise, ExerciseSet, OneChoice, SeveralChoices, StepOrder, WrittenCase
from lawmodel.exercises.formats import Exported, Losses
from lawmodel.exercises.marked_up import asked_html, explained_html, html_of, in_xml
from lawmodel.exercises.model_answer import model_answer
from lawmodel.exercises.packages import archive, identifiers, manifest
from lawmodel.results.header import hash_of

EXTENSION: Final = ".zip"
RESPONSE: Final = "response1"
ANSWERED, GENERAL, MODEL = "answer", "general_fb", "correct_fb"
HINTS: Final = "hints: what reads this format mostly has none"
PARTS: Final = "parts of a mark: an answer is right or wrong"
_KINDS: Final = {
    "one choice": "multiple_choice_question",
    "several choices": "multiple_answers_question",
    "case": "essay_question",
}
"""What Canvas calls the forms."""


def export(exercises: ExerciseSet, /) -> Exported:
    """A package with one assessment."""
    losses = Losses()
    items, carried = [], []
    names: dict[str, Mapping[str, str]] = {}
    for exercise in exercises.exercises:
        named = identifiers(option.id for option in exercise.options)
        item = _item(exercise, named, losses)
        if item is not None:
            items.append(item)
            carried.append(exercise)
            names[exercise.id] = named
    identifier = f"lawmodel-{hash_of([one.id for one in carried])[:20]}"
    title = in_xml(exercises.title or "lawmodel")
    file = f"{identifier}/{identifier}.xml"
    assessment = "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">',
            f'<assessment ident="{identifier}" title="{title}">',
            '<section ident="root_section">',
            *items,
            "</section>",
            "</assessment>",
            "</questestinterop>",
        )
    )
    resource = (
        f'<resource identifier="{identifier}" type="imsqti_xmlv1p2" href="{file}"><file href="{file}"/></resource>'
    )
    described = manifest(f"{identifier}-manifest", title, ("IMS Content", "1.1.3"), [resource])
    content = archive({"imsmanifest.xml": described, file: (assessment + "\n").encode()})
    return Exported(content, tuple(carried), losses.all(), names)


def _item(exercise: Exercise, names: Mapping[str, str], losses: Losses) -> str | None:
    """One item; None where the format has none of its kind."""
    match exercise.response:
        case OneChoice() | SeveralChoices():
            if isinstance(exercise.response, SeveralChoices) or any(
                exercise.is_right_on_a_reading(one) for one in exercise.options
            ):
                losses.part(exercise, PARTS)
            body, processing, feedback = _choice(exercise, names), _marks(exercise, names), _feedback(exercise, names)
        case StepOrder():
            losses.whole(exercise, "an order of steps: what reads this format mostly knows none")
            return None
        case WrittenCase():
            losses.part(exercise, "marking: a written case is marked by hand")
            body = (
                f'<response_str ident="{RESPONSE}" rcardinality="Single"><render_fib><response_label ident='
                f'"{ANSWERED}" rshuffle="No"/></render_fib></response_str>'
            )
            processing, feedback = _marked_by_hand(), _of_written(exercise)
        case _:
            assert_never(exercise.response)
    losses.part(exercise, HINTS)
    lines = [
        f'<item ident="{in_xml(exercise.id)}" title="{in_xml(exercise.title)}">',
        f"<itemmetadata><qtimetadata>{''.join(_metadata(exercise, names))}</qtimetadata></itemmetadata>",
        f"<presentation>{_material(asked_html(exercise))}{body}</presentation>",
        '<resprocessing><outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>',
        *processing,
        "</resprocessing>",
        *feedback,
        "</item>",
    ]
    return "\n".join(lines)


def _metadata(exercise: Exercise, names: Mapping[str, str]) -> Iterator[str]:
    fields = {
        "question_type": _KINDS[exercise.response.form],
        "points_possible": "1",
        "lawmodel_kind": exercise.kind,
        "lawmodel_level": str(exercise.level),
        "lawmodel_question": exercise.question,
        "lawmodel_rulebook": exercise.rulebook.sha256 or "",
        "lawmodel_misconceptions": " ".join(
            f"{names[one.id]}={one.misconception}" for one in exercise.options if one.misconception
        ),
    }
    for label, entry in fields.items():
        yield (
            f"<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{in_xml(entry)}</fieldentry>"
            "</qtimetadatafield>"
        )


def _material(html: str) -> str:
    """HTML within XML: it is escaped once more."""
    return f'<material><mattext texttype="text/html">{in_xml(html)}</mattext></material>'


def _choice(exercise: Exercise, names: Mapping[str, str]) -> str:
    cardinality = "Single" if isinstance(exercise.response, OneChoice) else "Multiple"
    labels = "".join(
        f'<response_label ident="{names[one.id]}">{_material(html_of(one.says))}</response_label>'
        for one in exercise.options
    )
    shuffle = "No" if exercise.kind == "day" else "Yes"
    return (
        f'<response_lid ident="{RESPONSE}" rcardinality="{cardinality}"><render_choice shuffle="{shuffle}">{labels}'
        "</render_choice></response_lid>"
    )


def _marks(exercise: Exercise, names: Mapping[str, str]) -> Iterator[str]:
    """First what is said of each option, then the mark."""
    yield _shows_general()
    for one in exercise.options:
        yield (
            f'<respcondition continue="Yes"><conditionvar>{_chosen(names[one.id])}</conditionvar>'
            f'<displayfeedback feedbacktype="Response" linkrefid="{names[one.id]}_fb"/></respcondition>'
        )
    if isinstance(exercise.response, OneChoice):
        condition = "".join(_chosen(names[one.id]) for one in exercise.right)
    else:
        chosen = (_chosen(names[one.id]) for one in exercise.options if one.right)
        others = (f"<not>{_chosen(names[one.id])}</not>" for one in exercise.options if not one.right)
        condition = f"<and>{''.join((*chosen, *others))}</and>"
    yield (
        f'<respcondition continue="No"><conditionvar>{condition}</conditionvar>'
        '<setvar action="Set" varname="SCORE">100</setvar></respcondition>'
    )


def _chosen(name: str) -> str:
    return f'<varequal respident="{RESPONSE}">{name}</varequal>'


def _shows_general() -> str:
    return (
        '<respcondition continue="Yes"><conditionvar><other/></conditionvar>'
        f'<displayfeedback feedbacktype="Response" linkrefid="{GENERAL}"/></respcondition>'
    )


def _marked_by_hand() -> Iterator[str]:
    yield _shows_general()
    yield '<respcondition continue="No"><conditionvar><other/></conditionvar></respcondition>'


def _feedback(exercise: Exercise, names: Mapping[str, str]) -> Iterator[str]:
    yield _feedback_item(GENERAL, explained_html(exercise))
    for one in exercise.options:
        yield _feedback_item(f"{names[one.id]}_fb", html_of(one.feedback))


def _of_written(exercise: Exercise) -> Iterator[str]:
    yield _feedback_item(GENERAL, explained_html(exercise))
    yield (
        f'<itemfeedback ident="{MODEL}" view="Scorer"><solution><solutionmaterial>'
        f"{_material(html_of(model_answer(exercise)))}</solutionmaterial></solution></itemfeedback>"
    )


def _feedback_item(name: str, html: str) -> str:
    return f'<itemfeedback ident="{name}"><flow_mat>{_material(html)}</flow_mat></itemfeedback>'
