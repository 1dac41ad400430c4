"""What is answered where something is wrong: problem details (RFC 9457), with the places in the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from starlette.responses import Response

from lawmodel.problems import MOST_SHOWN, Problem
from lawmodel.safe_text import json_text, safe_line

MEDIA_TYPE: Final = "application/problem+json"
PHRASES: Final = {413: "Content Too Large", 414: "URI Too Long", 422: "Unprocessable Content"}
"""As RFC 9110 has them; Python has called them so since 3.13 only."""
SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "properties": {
        "type": {"type": "string", "description": "Always about:blank: the status says what kind of problem it is."},
        "title": {"type": "string", "description": "The status in words."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong, in a sentence."},
        "errors": {
            "type": "array",
            "description": "Each mistake.",
            "items": {
                "type": "object",
                "properties": {
                    "place": {
                        "type": "string",
                        "description": "A JSON pointer into the body (RFC 6901), or the name of a parameter.",
                    },
                    "message": {"type": "string", "description": "What is wrong."},
                    "mend": {"type": "string", "description": "What to do."},
                },
                "required": ["place", "message", "mend"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["type", "title", "status", "detail", "errors"],
    "additionalProperties": False,
}


def problem_response(status: int, problems: Sequence[Problem], headers: Mapping[str, str] | None = None) -> Response:
    """The answer that tells problems, the first `MOST_SHOWN` of them; their files are places in the request."""
    count = len(problems)
    first = problems[0]
    detail = f"{first.message[:1].upper()}{first.message[1:]}. {first.mend}"
    if count > 1:
        detail = f"There are {count:,} mistakes. The first: {detail}"
    plain = {
        "type": "about:blank",
        "title": PHRASES.get(status, "") or HTTPStatus(status).phrase,
        "status": status,
        "detail": safe_line(detail),
        "errors": [
            {"place": one.file, "message": safe_line(one.message), "mend": safe_line(one.mend)}
            for one in problems[:MOST_SHOWN]
        ],
    }
    return Response(json_text(plain).encode(), status, headers, MEDIA_TYPE)
