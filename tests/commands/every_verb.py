"""A small folder in which every verb can be run in a moment: a law of two facts, a case, a table and the rest."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Final

from lawmodel import decide, load_cases, load_rulebook
from lawmodel.answer.receipt import receipt_of
from lawmodel.commands.json_output import Schema, json_line
from lawmodel.commands.main import OF_SERVICE, VERBS
from lawmodel.exercises.exercise import ExerciseSet
from lawmodel.exercises.exercise_file import exercises_text
from lawmodel.exercises.marking import NotKnown, mark
from lawmodel.exercises.predictions import AskedCase
from lawmodel.exercises.progress import StudentProgress, logged
from lawmodel.exercises.progress_file import progress_text
from tests.exercises.sets_of_cases import set_of_cases
from tests.exercises.written_exercises import EVERY_FORM, ONE

LAW: Final = """
rulebook:
  title: The bridge
  law_date: crossing.made
  stages: [{id: drafted, says: drafted}, {id: valid, says: valid}]
sources:
  - {id: bridge-law, title: Bridge Law, kind: instrument}
  - {id: gazette, title: The gazette, kind: press}
instruments:
  - id: bridge-law
    title: Bridge Law
    sources: [{id: bridge-law}]
    steps: [{stage: drafted, date: 2020-01-10, certainty: report}, {stage: valid, date: 2021-01-01, certainty: text}]
facts:
  - {id: crossing.made, type: date, title: the crossing, phrase: "crossed on {}", ask: When?}
  - {id: traveller.armed, type: yes/no, title: arms, "yes": armed, "no": unarmed, ask: Armed?}
  - {id: traveller.drunk, type: yes/no, title: drink, "yes": drunk, "no": sober, ask: Drunk?}
readings:
  - id: arms
    title: When do arms matter?
    default: carried
    why: the law says no more
    certainty: text
    options:
      - {id: carried, says: arms matter when carried, supported_by: [{id: bridge-law}]}
      - {id: drunk-only, says: arms matter in the hands of a drunk, supported_by: [{id: gazette}]}
questions:
  - id: crossing
    title: Crossing
    asks: Would the crossing be refused?
    outcomes:
      - {id: refused, says: "yes", means: it is refused}
      - {id: free, says: "no", means: it is free}
provisions:
  - id: arms-1
    question: crossing
    title: Arms
    citation: Bridge Law s. 1
    text: Armed travellers are refused.
    certainty: text
    sources: [{id: bridge-law}]
    enacted_by: bridge-law
    when: {all: [{traveller.armed: yes}, {reading: arms, carried: always, drunk-only: {traveller.drunk: yes}}]}
    concludes: refused
tellings:
  - id: gazette
    title: The gazette
    source: gazette
    stage: valid
    stage_at: p. 1
    readings: [{reading: arms, option: drunk-only, at: p. 2, says: drunks alone}]
properties:
  - id: unarmed-is-free
    says: Who is unarmed crosses.
    question: crossing
    given: {traveller.armed: no}
    claims: {never: [refused]}
    holds: yes
  - id: armed-is-free
    says: Who is armed crosses.
    question: crossing
    given: {traveller.armed: yes}
    claims: {never: [refused]}
    holds: HOLDS
    because: of s. 1
"""
CASE: Final = """
title: An armed traveller
questions: [crossing]
facts: {crossing: {made: 2022-01-01}, traveller: {armed: yes, drunk: no}}
expect: [{question: crossing, outcome: OUTCOME}]
"""
DECISION: Final = """
title: In re the armed traveller
authority: Bridge Court
day: 2022-01-01
sources: [{title: The gazette, at: p. 3, address: "https://example.org/gazette", seen: {how: report, on: 2022-02-01}}]
question: crossing
outcome: free
report: He was let over, since he was sober.
remarks: [The court looked at drunks alone.]
expect: EXPECTED
facts: {traveller: {armed: yes, drunk: no}}
"""
POPULATION: Final = """
title: Travellers
assumes: Half of them are armed.
facts:
  crossing.made: {between: [2022-01-01, 2022-12-31]}
  traveller.armed: {share: 50}
  traveller.drunk: {share: 50}
"""


def prepare(folder: Path) -> None:
    """Write everything that `ARGUMENTS` names into a folder."""
    for name, text in {
        "law/bridge.yaml": LAW.replace("HOLDS", "no"),
        "wrong/bridge.yaml": LAW.replace("HOLDS", "yes").replace("of s. 1", "so"),
        "cases/case.yaml": CASE.replace("OUTCOME", "refused"),
        "case.yaml": CASE.replace("OUTCOME", "refused"),
        "unmet.yaml": CASE.replace("OUTCOME", "free"),
        "decisions/traveller.yaml": DECISION.replace("EXPECTED", "departs"),
        "another.yaml": DECISION.replace("EXPECTED", "agrees"),
        "spec.yaml": POPULATION,
        "table.csv": "case,crossing.made,traveller.armed,traveller.drunk\n1,2022-01-01,yes,no\n2,2022-01-01,no,\n",
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "set.json").write_text(exercises_text(EVERY_FORM), encoding="utf-8")
    (folder / "receipt.json").write_text(receipt(folder), encoding="utf-8")
    missed = logged(ONE, NotKnown(), mark(ONE, NotKnown()), 0, datetime.datetime(2026, 11, 29, 21, tzinfo=datetime.UTC))
    (folder / "me.json").write_text(progress_text(StudentProgress((missed,))), encoding="utf-8")
    made = exercises(folder)
    (folder / "exercises.json").write_text(exercises_text(made), encoding="utf-8")
    (folder / "sheets.csv").write_text(f"student,{made.exercises[0].id}\nAnna,law\nBoris,b\n", encoding="utf-8")


def receipt(folder: Path) -> str:
    """The receipt of the answer on the case, as `decide --receipt` writes it."""
    rulebook = load_rulebook(folder / "law")
    answer = decide(rulebook, load_cases(rulebook, folder / "case.yaml")[0], "crossing")
    return json_line(Schema.RECEIPT, receipt_of(answer).to_json()) + "\n"


def exercises(folder: Path) -> ExerciseSet:
    """One exercise on the case."""
    rulebook = load_rulebook(folder / "law")
    asked = AskedCase("armed", load_cases(rulebook, folder / "case.yaml")[0], "crossing", limbs=("provision:arms-1",))
    return set_of_cases(rulebook, [asked], "At the bridge")


def files(folder: Path) -> dict[str, bytes]:
    """All files in a folder, with what is in them."""
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def law(*arguments: str) -> tuple[str, ...]:
    """Arguments, under the law of the bridge."""
    return (*arguments, "--rules", "law")


ARGUMENTS: Final[dict[str, tuple[str, ...]]] = {
    "decide": law("case.yaml"),
    "ask": law("crossing", "--case", "case.yaml"),
    "why": law("case.yaml"),
    "why-not": law("case.yaml", "free"),
    "whatif": law("case.yaml", "traveller.armed=no"),
    "change": law("case.yaml", "--to", "free"),
    "turns-on": law("case.yaml", "--reading", "arms=unknown"),
    "compare": law("case.yaml"),
    "report": law("case.yaml"),
    "tellings": law("case.yaml"),
    "law": law("arms-1"),
    "annotate": law("arms-1"),
    "find": law("--outcome", "refused"),
    "prove": law(),
    "diff": law("date", "2020-12-31", "2021-01-01"),
    "lint": ("law", "--only", "never-applies"),
    "cover": law("cases"),
    "mutate": law("cases", "--jobs", "1", "--sample", "2"),
    "verify": law("receipt.json"),
    "cite": law("case.yaml"),
    "decisions": law("decisions", "--strict"),
    "batch": law("crossing", "table.csv", "--out", "answers.csv"),
    "look": law("table.csv"),
    "population": law("spec.yaml", "--rows", "10"),
    "dataset": law("--count", "3"),
    "tabulate": law("kept.csv"),
    "diagnose": law("exercises.json", "sheets.csv"),
    "drill": law("case.yaml", "--question", "crossing"),
    "exercises": ("set.json", "--to", "gift", "--out", "set.gift"),
    "worksheet": ("set.json",),
    "quiz": law("set.json", "--progress", "me.json", "--at", "2026-11-30T21:00:00Z"),
    "check": ("law", "cases"),
    "schema": law("case"),
    "export": law("case.yaml", "--to", "asp"),
}
"""Each verb, so that it answers."""
ANSWERING: Final = tuple(verb for verb in VERBS if verb not in OF_SERVICE)
"""The verbs that answer and end; the others serve until they are stopped."""
WITHOUT_JSON: Final = ("schema", "export", "cite")
OF_A_SET: Final = ("exercises", "worksheet")
"""What reads a set of exercises, which holds all that it needs of the law."""


def as_json(verb: str) -> tuple[str, ...]:
    """How a verb is asked for JSON."""
    return ("--format", "json") if verb == "lint" else ("--json",)
