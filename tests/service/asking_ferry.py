"""A case of the invented ferry law, as a program sends it."""

from __future__ import annotations

from typing import Any, Final

from tests.inquiry.ferry import FERRY, TELLINGS

CASE: Final[dict[str, Any]] = {
    "title": "An armed traveller",
    "presume": "ordinary",
    "facts": {
        "crossing": {"made": "2026-05-01"},
        "traveller": {"armed": True},
        "passes": [{"from": "2026-01-01", "to": "2026-12-31"}],
    },
}
PROPERTIES: Final = """
properties:
  - id: no-armed-free-crossing
    title: Nobody who is armed crosses freely
    says: Nobody who is armed crosses freely.
    question: crossing
    whenever: {traveller.armed: yes}
    claims: {never: [free]}
    expected: refuted
"""
LAW: Final = (FERRY, TELLINGS)
