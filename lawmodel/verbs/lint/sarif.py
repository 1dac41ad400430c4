"""Findings of checks in SARIF 2.1.0, the form in which code hosts take findings and show them beside the lines."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from lawmodel.verbs.lint.findings import About, LintReport, Reported

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
HOME: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html"


def sarif(report: LintReport, root: Path | None = None) -> dict[str, Any]:
    """The report as a SARIF log with one run; files below ``root`` (by default here) are named relative to it."""
    base = (root or Path.cwd()).resolve()
    numbers = {one.id: number for number, one in enumerate(report.checks)}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "lawmodel", "rules": [_rule(one) for one in report.checks]}},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"ROOT": {"uri": f"{base.as_uri()}/"}},
                "invocations": [{"executionSuccessful": not report.interrupted}],
                "results": [_result(one, numbers[one.about.id], base) for one in report.findings],
            }
        ],
    }


def _rule(about: About) -> dict[str, Any]:
    return {
        "id": about.id,
        "name": "".join(word.capitalize() for word in about.id.split("-")),
        "shortDescription": {"text": about.title},
        "fullDescription": {"text": about.means},
        "help": {"text": about.mend},
        "defaultConfiguration": {"level": about.severity},
        "properties": {"tags": ["law"]},
    }


def _result(one: Reported, number: int, base: Path) -> dict[str, Any]:
    found, place = one.finding, one.finding.place
    artifact: dict[str, Any] = {"uri": _uri(place.file, base)}
    if not artifact["uri"].startswith("file:"):
        artifact["uriBaseId"] = "ROOT"
    result: dict[str, Any] = {
        "ruleId": one.about.id,
        "ruleIndex": number,
        "level": one.about.severity,
        "message": {"text": one.text},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": {"startLine": max(1, place.line), "startColumn": max(1, place.column)},
                },
                "logicalLocations": [{"name": found.entry, "kind": found.kind}],
            }
        ],
        "partialFingerprints": {"entryAndMessage/v1": _fingerprint(one)},
    }
    if one.accepted is not None:
        result["suppressions"] = [{"kind": "external", "justification": one.accepted.because}]
    return result


def _uri(file: str, base: Path) -> str:
    path = Path(file).resolve()
    if path.is_relative_to(base):
        return quote(path.relative_to(base).as_posix())
    return path.as_uri()


def _fingerprint(one: Reported) -> str:
    """The same as long as the finding is, wherever its line has moved to."""
    text = f"{one.about.id} {one.finding.kind} {one.finding.entry} {one.finding.message}"
    return hashlib.sha256(text.encode()).hexdigest()
