"""The type of each result that a verb writes as JSON: what its schema is read off."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final

from lawmodel.commands.json_output import Schema

RESULTS: Final[Mapping[Schema, str]] = {
    Schema.ANNOTATED_LAW: "lawmodel.verbs.annotate.annotated:AnnotatedLaw",
    Schema.ANSWER: "lawmodel.answer.answer:Answer",
    Schema.CHANGE: "lawmodel.results.changes:Changes",
    Schema.CHECK: "lawmodel.verbs.check.result:CheckResult",
    Schema.COMPARISON_BY_DATE: "lawmodel.verbs.compare.comparisons:DayComparison",
    Schema.COMPARISON_BY_READING: "lawmodel.verbs.compare.comparisons:ReadingComparison",
    Schema.COMPARISON_BY_STAGE: "lawmodel.verbs.compare.comparisons:StageComparison",
    Schema.COMPARISON_BY_TELLING: "lawmodel.verbs.compare.comparisons:TellingComparison",
    Schema.COVERAGE: "lawmodel.inquiry.covering.coverage:Coverage",
    Schema.DATASET: "lawmodel.verbs.dataset.result:DatasetResult",
    Schema.DECISIONS: "lawmodel.verbs.decisions.result:ComparedDecisions",
    Schema.DIAGNOSIS: "lawmodel.verbs.diagnose.result:DiagnosedClass",
    Schema.DIFF: "lawmodel.verbs.diff.differences:Diff",
    Schema.DRILL: "lawmodel.verbs.drill.result:DrillResult",
    Schema.EXPORTED_EXERCISES: "lawmodel.verbs.exercises.result:ExportResult",
    Schema.FOUND: "lawmodel.verbs.find.found_cases:FoundCases",
    Schema.INTERVIEW: "lawmodel.verbs.ask.interview_result:InterviewResult",
    Schema.LAW: "lawmodel.verbs.law.overview:Overview",
    Schema.LAW_CONTESTED: "lawmodel.verbs.law.overview:Contested",
    Schema.LAW_ENTRIES: "lawmodel.law_entries.entries:LawEntries",
    Schema.LAW_MISCONCEPTIONS: "lawmodel.law_entries.misconceptions:Misconceptions",
    Schema.LAW_SEARCH: "lawmodel.verbs.law.search:LawSearch",
    Schema.LINT: "lawmodel.verbs.lint.findings:LintReport",
    Schema.LINT_CHECKS: "lawmodel.verbs.lint.findings:CheckList",
    Schema.LOOK: "lawmodel.batch.mapping.looked:Looked",
    Schema.MUTATION: "lawmodel.verbs.mutate.mutation:Mutation",
    Schema.POPULATION: "lawmodel.verbs.population.result:PopulationResult",
    Schema.PROOFS: "lawmodel.inquiry.searching.proved:Proofs",
    Schema.QUIZ: "lawmodel.verbs.quiz.result:QuizResult",
    Schema.RECEIPT: "lawmodel.answer.receipt:Receipt",
    Schema.REPORT: "lawmodel.verbs.report.result:Report",
    Schema.RUN: "lawmodel.verbs.batch.result:BatchResult",
    Schema.TABLE: "lawmodel.batch.counting.tabulated:Tabulated",
    Schema.TELLINGS: "lawmodel.verbs.tellings.tellings:SourceComparison",
    Schema.VERIFICATION: "lawmodel.verbs.verify.verification:Verification",
    Schema.WEIGHTS: "lawmodel.answer.reasons.weights:Weights",
    Schema.WHATIF: "lawmodel.verbs.whatif.result:WhatIf",
    Schema.WHY: "lawmodel.results.reasons:Why",
    Schema.WHY_NOT: "lawmodel.results.why_not:WhyNot",
    Schema.WORKSHEET: "lawmodel.verbs.worksheet.result:Worksheet",
}
"""By the name that the JSON carries: the module and the class, which is imported when it is asked for."""


def result_type(schema: Schema) -> type:
    """The dataclass of a result; KeyError where none is named."""
    module, _, name = RESULTS[schema].partition(":")
    found: type = getattr(import_module(module), name)
    return found
