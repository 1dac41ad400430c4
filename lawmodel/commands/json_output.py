"""The JSON of all verbs: every object says by `schema` what it is, and by `version` in which form.

A verb that answers several questions writes an object a line for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Final

import click

from lawmodel.problems import Problem
from lawmodel.results.encoder import encode
from lawmodel.safe_text import json_text

VERSION: Final = 1
"""Of every form; a form that changes so that a reader could misunderstand it takes the next number."""


class Schema(StrEnum):
    """What an object is."""

    ANNOTATED_LAW = "lawmodel/annotated-law"
    ANSWER = "lawmodel/answer"
    CHANGE = "lawmodel/change"
    CHECK = "lawmodel/check"
    COMPARISON_BY_DATE = "lawmodel/comparison-by-date"
    COMPARISON_BY_READING = "lawmodel/comparison-by-reading"
    COMPARISON_BY_STAGE = "lawmodel/comparison-by-stage"
    COMPARISON_BY_TELLING = "lawmodel/comparison-by-telling"
    COVERAGE = "lawmodel/coverage"
    DATASET = "lawmodel/dataset"
    DECISIONS = "lawmodel/decisions"
    DIAGNOSIS = "lawmodel/diagnosis"
    DIFF = "lawmodel/diff"
    DRILL = "lawmodel/drill"
    ERRORS = "lawmodel/errors"
    EXPORTED_EXERCISES = "lawmodel/exported-exercises"
    FOUND = "lawmodel/found"
    INTERVIEW = "lawmodel/interview"
    LAW = "lawmodel/law"
    LAW_CONTESTED = "lawmodel/law-contested"
    LAW_ENTRIES = "lawmodel/law-entries"
    LAW_MISCONCEPTIONS = "lawmodel/law-misconceptions"
    LAW_SEARCH = "lawmodel/law-search"
    LINT = "lawmodel/lint"
    LINT_CHECKS = "lawmodel/lint-checks"
    LOOK = "lawmodel/look"
    MUTATION = "lawmodel/mutation"
    POPULATION = "lawmodel/population"
    PROOFS = "lawmodel/proofs"
    QUIZ = "lawmodel/quiz"
    RECEIPT = "lawmodel/receipt"
    REPORT = "lawmodel/report"
    RUN = "lawmodel/run"
    TABLE = "lawmodel/table"
    TELLINGS = "lawmodel/tellings"
    VERIFICATION = "lawmodel/verification"
    WEIGHTS = "lawmodel/weights"
    WHATIF = "lawmodel/whatif"
    WHY = "lawmodel/why"
    WHY_NOT = "lawmodel/why-not"
    WORKSHEET = "lawmodel/worksheet"


def write_json(schema: Schema, plain: Mapping[str, Any], *, indent: int | None = None) -> None:
    """Write plain data as one JSON object to standard output: on one line, or indented."""
    click.echo(json_line(schema, plain, indent=indent))


def json_line(schema: Schema, plain: Mapping[str, Any], *, indent: int | None = None) -> str:
    """Plain data as the text of one JSON object: on one line, or indented."""
    return json_text({"schema": schema, "version": VERSION, **plain}, indent)


def write_errors(problems: Iterable[Problem]) -> None:
    """Write what is wrong, in the place of an answer."""
    write_json(Schema.ERRORS, {"errors": encode(tuple(problems))})
