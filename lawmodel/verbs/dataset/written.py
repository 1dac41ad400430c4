"""A data set in a folder: JSON lines and Parquet of the same cases, described as a Data Package."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from lawmodel.output_files import Output, check_outputs, save_text
from lawmodel.results.encoder import encode
from lawmodel.results.header import RulebookUsed
from lawmodel.safe_text import json_text
from lawmodel.temporary_files import whole_file
from lawmodel.verbs.dataset.labelled import LABELS, LabelledCase
from lawmodel.version import VERSION

LINES: Final = "cases.jsonl"
TABLE: Final = "cases.parquet"
PACKAGE: Final = "datapackage.json"
FILES: Final = (LINES, TABLE, PACKAGE)
PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_TEXTS: Final = pa.list_(pa.string())
_BY_READING: Final = pa.list_(
    pa.struct(
        [
            ("reading", pa.string()),
            ("option", pa.string()),
            ("default", pa.bool_()),
            ("sources", _TEXTS),
            ("possible", _TEXTS),
        ]
    )
)
_REASONS: Final = pa.list_(pa.list_(pa.struct([("input", pa.string()), ("says", pa.string())])))
COLUMNS: Final[Mapping[str, tuple[pa.DataType, str, str]]] = {
    "id": (pa.string(), "string", "Depends on the rulebook, the question, the facts and the law that is applied."),
    "question": (pa.string(), "string", "The id of the question in the rulebook."),
    "asks": (pa.string(), "string", "The question in words."),
    "case": (
        pa.string(),
        "object",
        "Facts, and what may be presumed, as a case file has them; in Parquet as the text of a JSON object.",
    ),
    "story": (
        pa.string(),
        "string",
        "The case in prose; what it leaves out is as usual. Null where the rulebook has no words for some of it.",
    ),
    "day": (pa.string(), "date", "The day whose law is applied."),
    "stage": (pa.string(), "string", "Bills that had got so far by that day count as law."),
    "status": (pa.string(), "string", "`determined`, or `depends`: several outcomes are possible by default."),
    "outcome": (pa.string(), "string", "The outcome under the readings that are taken by default."),
    "possible": (_TEXTS, "array", "Every outcome that is possible by default, the strongest first."),
    "grounds": (_TEXTS, "array", "The provisions on which the outcome rests."),
    "rests_on": (_TEXTS, "array", "Readings and presumptions of which another value would change the outcome."),
    "label": (
        pa.string(),
        "string",
        "`uncontested`: no reading that a source supports leads to another answer. `contested`: some do. `open`: the "
        "answer depends on a reading that has no default.",
    ),
    "over": (_TEXTS, "array", "The readings over which the answer is contested or open."),
    "by_reading": (_BY_READING, "array", "For each reading that matters the answer under each of its options."),
    "reasons": (_REASONS, "array", "Smallest sets of inputs that settle the outcome, whatever everything else is."),
    "part": (
        pa.string(),
        "string",
        "`train`, or `test` for about a fifth, by a hash of what the law sees in the case.",
    ),
    "rulebook": (pa.string(), "string", "The SHA-256 of the files of the rulebook."),
}
"""Of each field its type in Parquet, its type in JSON, and what it is."""


def outputs_in(folder: Path) -> list[Output]:
    """The files that are written, as they are checked before."""
    older = {
        LINES: lambda head: head.startswith(b'{"id": "'),
        TABLE: lambda head: head.startswith(b"PAR1") and b"lawmodel" in head,
        PACKAGE: lambda head: b'"lawmodel' in head,
    }
    return [Output("--out", folder / name, "file" if name != TABLE else "table", older[name]) for name in FILES]


def write_dataset(
    folder: Path, cases: Sequence[LabelledCase], rulebook: RulebookUsed, seed: int, license_name: str
) -> None:
    """Write the files; raises `ProblemsFound` or `OSError` where that cannot be done."""
    check_outputs(outputs_in(folder), ())
    plain = [encode(one) for one in cases]
    lines = "".join(f"{json_text(one)}\n" for one in plain)
    save_text(folder / LINES, lines)
    with whole_file(folder / TABLE) as made:
        pq.write_table(_table(plain, rulebook, seed), made, compression="zstd")
    listed = {LINES: lines.encode(), TABLE: (folder / TABLE).read_bytes()}
    described = _described(listed, len(cases), rulebook, seed, license_name)
    save_text(folder / PACKAGE, json_text(described, indent=2) + "\n")


def _table(plain: Sequence[Mapping[str, Any]], rulebook: RulebookUsed, seed: int) -> pa.Table:
    rows = [{**one, "case": json.dumps(one["case"], ensure_ascii=False)} for one in plain]
    about = json.dumps({"lawmodel": VERSION, "rulebook": encode(rulebook), "seed": seed}, ensure_ascii=False)
    schema = pa.schema([(name, kind) for name, (kind, _, _) in COLUMNS.items()], metadata={"lawmodel": about})
    return pa.Table.from_pylist(rows, schema=schema)


def _described(
    files: Mapping[str, bytes], cases: int, rulebook: RulebookUsed, seed: int, license_name: str
) -> dict[str, Any]:
    """The description of the package; without a day: the same seed and rulebook give the same."""
    resources = []
    for name, content in files.items():
        lines = name == LINES
        resources.append(
            {
                "name": "cases-json-lines" if lines else "cases-parquet",
                "path": name,
                "format": "jsonl" if lines else "parquet",
                "mediatype": "application/jsonl" if lines else "application/vnd.apache.parquet",
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "schema": {"fields": _fields(lines=lines), "primaryKey": ["id"]},
            }
        )
    return {
        "$schema": PROFILE,
        "name": "lawmodel-cases",
        "title": f"Cases decided by: {rulebook.title}",
        "description": (
            f"{cases} cases, each with the answer of the rulebook by default and under every reading that matters, "
            "whether it is contested, and why. The answers are worked out by a rules engine from a model of the law "
            "for study; they are not legal advice. Synthetic: no case is of a person."
        ),
        "version": VERSION,
        "licenses": [{"name": license_name}],
        "sources": [{"title": rulebook.title}],
        "contributors": [{"title": f"lawmodel {VERSION}", "roles": ["generator"]}],
        "lawmodel": {"seed": seed, "cases": cases, "rulebook": encode(rulebook)},
        "resources": resources,
    }


def _fields(*, lines: bool) -> list[dict[str, Any]]:
    """The columns; what has parts is typed by Parquet itself, in ways for which the description has no words."""
    return [
        {"name": name, "type": kind if lines or kind not in ("array", "object") else "any", "description": says}
        | _constraint(name)
        for name, (_, kind, says) in COLUMNS.items()
    ]


def _constraint(name: str) -> dict[str, Any]:
    allowed: Mapping[str, Sequence[str]] = {
        "label": LABELS,
        "status": ("determined", "depends"),
        "part": ("train", "test"),
    }
    return {"constraints": {"enum": list(allowed[name])}} if name in allowed else {}
