"""QTI 2.1, a package of items: choices with feedback for each option, orders of steps, cases to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, assert_never

from lawmodel.exercises.exercise import (
    AnswerOption,
    Exercise,
    ExerciseSet,
    OneChoice,
    SeveralChoices,
    StepOrder,
    WrittenCase,
)
from lawmodel.exercises.formats import Exported, Losses
from lawmodel.exercises.marked_up import asked_html, explained_html, html_of, in_xml, inline_html_of
from lawmodel.exercises.model_answer import model_answer
from lawmodel.exercises.moodle_grades import ON_ANOTHER_READING
from lawmodel.exercises.packages import archive, identifiers, manifest
from lawmodel.exercises.step_orders import an_order, is_only_order
from lawmodel.results.header import hash_of

EXTENSION: Final = ".zip"
NAMESPACE: Final = "http://www.imsglobal.org/xsd/imsqti_v2p1"
TEST: Final = "assessment.xml"
MOST_OF_A_LABEL: Final = 256
EXPLAINED: Final = "explanation"
HINTS: Final = "hints one by one: they stand in a block that only teachers are shown"


def export(exercises: ExerciseSet, /) -> Exported:
    """A package with one test, an item a file."""
    losses = Losses()
    files: dict[str, bytes] = {}
    carried: list[Exercise] = []
    names: dict[str, Mapping[str, str]] = {}
    items = identifiers(one.id for one in exercises.exercises)
    for exercise in exercises.exercises:
        named = identifiers(option.id for option in exercise.options)
        item = _item(exercise, items[exercise.id], named, losses)
        if item is not None:
            files[f"items/{items[exercise.id]}.xml"] = item.encode()
            carried.append(exercise)
            names[exercise.id] = named
    identifier = f"lawmodel-{hash_of([one.id for one in carried])[:20]}"
    title = in_xml(exercises.title or "lawmodel")
    inside = [items[one.id] for one in carried]
    test = _test(identifier, title, inside).encode()
    described = manifest(f"{identifier}-manifest", title, ("QTIv2.1 Package", "1.0.0"), _resources(inside))
    return Exported(archive({"imsmanifest.xml": described, TEST: test, **files}), tuple(carried), losses.all(), names)


def _resources(items: Sequence[str]) -> Iterator[str]:
    depends = "".join(f'<dependency identifierref="resource-{one}"/>' for one in items)
    yield (
        f'<resource identifier="resource-test" type="imsqti_test_xmlv2p1" href="{TEST}"><file href="{TEST}"/>'
        f"{depends}</resource>"
    )
    for one in items:
        file = f"items/{one}.xml"
        yield (
            f'<resource identifier="resource-{one}" type="imsqti_item_xmlv2p1" href="{file}"><file href="{file}"/>'
            "</resource>"
        )


def _test(identifier: str, title: str, items: Sequence[str]) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<assessmentTest xmlns="{NAMESPACE}" identifier="{identifier}" title="{title}">',
        '<testPart identifier="part" navigationMode="nonlinear" submissionMode="individual">',
        f'<assessmentSection identifier="section" title="{title}" visible="true">',
        *(f'<assessmentItemRef identifier="{one}" href="items/{one}.xml"/>' for one in items),
        "</assessmentSection>",
        "</testPart>",
        "</assessmentTest>",
    ]
    return "\n".join(lines) + "\n"


def _item(exercise: Exercise, name: str, names: Mapping[str, str], losses: Losses) -> str | None:
    """One item; None where the format has none of its kind."""
    match exercise.response:
        case OneChoice() | SeveralChoices():
            declared, asked = _choice(exercise, names)
            processing = _marks(exercise, names)
        case StepOrder() as order:
            if not is_only_order(exercise, order):
                losses.whole(exercise, "an order of steps of which several are right: the format knows one order")
                return None
            if len(exercise.right) < len(exercise.options):
                losses.part(exercise, "the steps that do not belong to the order")
            if any(one.feedback for one in exercise.options):
                losses.part(exercise, "what is said of single steps")
            losses.part(exercise, "parts of a mark for pairs of steps: an order is right or wrong")
            declared, asked = _order(an_order(exercise, order), names)
            processing = _as_the_key()
        case WrittenCase():
            losses.part(exercise, "marking: a written case is marked by hand, with the notes that are sent along")
            declared = '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string"/>'
            asked = '<extendedTextInteraction responseIdentifier="RESPONSE" expectedLines="20" format="preformatted"/>'
            processing = iter(())
        case _:
            assert_never(exercise.response)
    losses.part(exercise, HINTS)
    feedback = [] if isinstance(exercise.response, StepOrder | WrittenCase) else list(exercise.options)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<assessmentItem xmlns="{NAMESPACE}" identifier="{name}" title="{in_xml(exercise.title)}" adaptive="false" '
        f'timeDependent="false" label="{in_xml(" ".join(_labels(exercise))[:MOST_OF_A_LABEL])}" toolName="lawmodel">',
        declared,
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float">'
        "<defaultValue><value>0</value></defaultValue></outcomeDeclaration>",
        '<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float">'
        "<defaultValue><value>1</value></defaultValue></outcomeDeclaration>",
        '<outcomeDeclaration identifier="FEEDBACK" cardinality="multiple" baseType="identifier"/>',
        '<outcomeDeclaration identifier="GENERAL" cardinality="single" baseType="identifier"/>',
        f"<itemBody>{''.join(_rubrics(exercise))}<div>{asked_html(exercise)}</div>{asked}</itemBody>",
        "<responseProcessing>",
        *processing,
        f'<setOutcomeValue identifier="GENERAL"><baseValue baseType="identifier">{EXPLAINED}</baseValue>'
        "</setOutcomeValue>",
        "</responseProcessing>",
        *(_modal("FEEDBACK", names[one.id], html_of(one.feedback)) for one in feedback if one.feedback.strip()),
        _modal("GENERAL", EXPLAINED, explained_html(exercise)),
        "</assessmentItem>",
    ]
    return "\n".join(lines) + "\n"


def _labels(exercise: Exercise) -> Iterator[str]:
    yield f"kind={exercise.kind}"
    yield f"level={exercise.level}"
    yield f"question={exercise.question}"
    if exercise.rulebook.sha256:
        yield f"rulebook={exercise.rulebook.sha256}"


def _rubrics(exercise: Exercise) -> Iterator[str]:
    """What only those who teach or mark are shown."""
    hints = "".join(f"<li>{inline_html_of(one)}</li>" for one in exercise.hints)
    yield f'<rubricBlock view="tutor proctor scorer author"><ol>{hints}</ol></rubricBlock>'
    if isinstance(exercise.response, WrittenCase):
        yield f'<rubricBlock view="scorer author">{html_of(model_answer(exercise))}</rubricBlock>'


def _choice(exercise: Exercise, names: Mapping[str, str]) -> tuple[str, str]:
    several = isinstance(exercise.response, SeveralChoices)
    correct = "".join(f"<value>{names[one.id]}</value>" for one in exercise.right)
    entries = "".join(
        f'<mapEntry mapKey="{names[one]}" mappedValue="{share}"/>' for one, share in _shares(exercise).items()
    )
    declared = (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{"multiple" if several else "single"}" '
        f'baseType="identifier"><correctResponse>{correct}</correctResponse>'
        f'<mapping lowerBound="0" upperBound="1" defaultValue="0">{entries}</mapping></responseDeclaration>'
    )
    choices = "".join(
        f'<simpleChoice identifier="{names[one.id]}">{html_of(one.says)}</simpleChoice>' for one in exercise.options
    )
    shuffle = "false" if exercise.kind == "day" else "true"
    asked = (
        f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="{shuffle}" maxChoices="{0 if several else 1}">'
        f"{choices}</choiceInteraction>"
    )
    return declared, asked


def _shares(exercise: Exercise) -> dict[str, str]:
    """What each option counts of the whole mark."""
    total = sum(one.weight for one in exercise.right)
    taken = Fraction(-1, len(exercise.right))
    several = isinstance(exercise.response, SeveralChoices)
    found = {}
    for one in exercise.options:
        wrong = taken if several else ON_ANOTHER_READING if exercise.is_right_on_a_reading(one) else Fraction(0)
        share = (Fraction(one.weight, total) if several else Fraction(1)) if one.right else wrong
        found[one.id] = f"{float(share):.6g}"
    return found


def _marks(exercise: Exercise, names: Mapping[str, str]) -> Iterator[str]:
    yield '<setOutcomeValue identifier="SCORE"><mapResponse identifier="RESPONSE"/></setOutcomeValue>'
    chosen = '<variable identifier="RESPONSE"/>'
    if isinstance(exercise.response, OneChoice):
        chosen = f"<multiple>{chosen}</multiple>"
    yield f'<setOutcomeValue identifier="FEEDBACK">{chosen}</setOutcomeValue>'


def _order(steps: Sequence[AnswerOption], names: Mapping[str, str]) -> tuple[str, str]:
    correct = "".join(f"<value>{names[one.id]}</value>" for one in steps)
    declared = (
        '<responseDeclaration identifier="RESPONSE" cardinality="ordered" baseType="identifier">'
        f"<correctResponse>{correct}</correctResponse></responseDeclaration>"
    )
    mixed = sorted(steps, key=lambda one: hash_of([one.id, one.says]))
    choices = "".join(f'<simpleChoice identifier="{names[one.id]}">{html_of(one.says)}</simpleChoice>' for one in mixed)
    return declared, f'<orderInteraction responseIdentifier="RESPONSE" shuffle="true">{choices}</orderInteraction>'


def _as_the_key() -> Iterator[str]:
    yield (
        '<responseCondition><responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/>'
        '</match><setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>'
        "</responseIf></responseCondition>"
    )


def _modal(outcome: str, name: str, html: str) -> str:
    return f'<modalFeedback outcomeIdentifier="{outcome}" identifier="{name}" showHide="show">{html}</modalFeedback>'
