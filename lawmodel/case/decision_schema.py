"""The JSON Schema of files of reported decisions, so that editors complete and check them."""

from __future__ import annotations

from typing import Any, Final, get_args

from lawmodel.case.decision_file import KEYS, MOST_ITEMS, REQUIRED
from lawmodel.case.reported_decision import VERDICTS
from lawmodel.case.schema import case_file_schema, closed, outcome_schema, provisions_schema
from lawmodel.case.typed_values import day_schema
from lawmodel.rulebook.model import HowSeen, Rulebook
from lawmodel.rulebook.schema import DRAFT, TEXT

Schema = dict[str, Any]

NOT_IN_A_DECISION: Final = ("expectation", "variant")
"""What a case file defines, and a decision has not."""


def decision_file_schema(rulebook: Rulebook) -> Schema:
    """The schema of a file of a reported decision under a rulebook (draft 2020-12)."""
    case = case_file_schema(rulebook)
    seen = closed({"how": {"enum": list(get_args(HowSeen))}, "on": day_schema()})
    source = closed(
        {
            "title": TEXT,
            "at": {**TEXT, "description": "A paragraph, a page, a line."},
            "address": {"type": "string", "format": "uri", "description": "Where it can be read."},
            "seen": {**seen, "required": ["how"], "description": "How it was seen, and when."},
        }
    )
    told: Schema = {
        "authority": {**TEXT, "description": "The court or authority that decided."},
        "day": {**day_schema(), "description": "On which it decided."},
        "sources": {
            "type": "array",
            "items": {**source, "required": ["title", "seen"]},
            "minItems": 1,
            "maxItems": MOST_ITEMS,
            "description": "Where it is reported.",
        },
        "question": {
            "enum": list(rulebook.questions),
            "enumDescriptions": [one.asks for one in rulebook.questions.values()],
        },
        "outcome": {"description": "What was decided."},
        "grounds": {"type": "array", "description": "The provisions that the report names as grounds."},
        "report": {**TEXT, "description": "What the report says, in a few words of yours."},
        "remarks": {"type": "array", "items": TEXT, "minItems": 1, "maxItems": MOST_ITEMS},
        "expect": {"enum": list(VERDICTS), "description": "How it is recorded to stand to the rulebook."},
    }
    properties = {key: told[key] if key in told else case["properties"][key] for key in KEYS}
    definitions = {name: one for name, one in case["$defs"].items() if name not in NOT_IN_A_DECISION}
    return {
        "$schema": DRAFT,
        "title": f"A reported decision under the rulebook: {rulebook.title}",
        **closed({**properties, "title": {**properties["title"], "description": "What the decision is called."}}),
        "required": list(REQUIRED),
        "allOf": [_of_question(rulebook, name) for name in rulebook.questions],
        "$defs": definitions,
    }


def _of_question(rulebook: Rulebook, name: str) -> Schema:
    """What was decided, if it was this question."""
    return {
        "if": {"properties": {"question": {"const": name}}, "required": ["question"]},
        "then": {
            "properties": {
                "outcome": outcome_schema(rulebook, name),
                "grounds": provisions_schema(rulebook, name),
            }
        },
    }
