"""A rulebook of a few lines, and a run over a table of its cases: what became of the rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from lawmodel.verbs.batch.command import command

RULES = """
rulebook: {title: Cafés, law_date: day, stages: [{id: in_force, says: in force}]}
sources: [{id: rules, title: Rules, kind: instrument}]
facts:
  - {id: day, type: date, title: day, phrase: "on {}", ask: When?}
  - {id: left, type: date, title: left, phrase: "left on {}", ask: When?}
  - {id: times, type: number, title: times, phrase: "{} times", ask: How often?}
  - {id: place, type: choice, title: place, ask: Where?, choices: {café: a café, home: at home}}
  - {id: paid, type: yes/no, title: paid, yes: paid, no: not paid, ask: Paid?}
  - id: visits
    type: records
    title: visits
    each: visit
    none: no visit
    ask: Which visits?
    of:
      - {id: hours, type: number, title: hours, phrase: "{} hours", ask: How long?}
      - {id: site, type: choice, title: place, ask: Where?, choices: {café: a café, home: at home}}
consistency: [{order: [left, day], says: whoever comes has not left}]
questions:
  - id: often
    title: Often
    asks: Is it often?
    outcomes: [{id: often, says: "yes", means: it is}, {id: seldom, says: "no", means: it is not}]
provisions:
  - id: three
    question: often
    title: Three
    citation: s. 1
    text: Three times, or paid in a café, is often.
    certainty: text
    sources: [{id: rules, at: s. 1}]
    when:
      any:
        - times: {at_least: 3}
        - all: [{place: café}, {paid: "yes"}, {day: {on_or_after: "2026-01-01"}}, {left: {on_or_after: "2026-01-01"}}]
        - some: visits
          such_that: {all: [{hours: {at_least: 3}}, {site: café}]}
    concludes: often
"""


class Ran:
    """A run over a table, and what it has written."""

    def __init__(self, table: Path | str, *more: str | Path) -> None:
        table = Path(table)
        out, rejects = table.with_name("answers.jsonl"), table.with_name("rejects.jsonl")
        for one in (out, rejects):
            one.unlink(missing_ok=True)
        arguments = ["often", table, "--rules", table.with_name("rules.yaml"), "--out", out, "--rejects", rejects]
        self.result: Result = CliRunner().invoke(command, [*map(str, (*arguments, *more)), "--json"])
        assert self.result.exception is None or isinstance(self.result.exception, SystemExit), self.result.exception
        self.said = " ".join(self.result.output.split())
        self.code = self.result.exit_code
        self.counted: dict[str, Any] = json.loads(self.result.stdout) if self.code in (0, 1) else {}
        self.answers = _lines(out)
        self.rejects = _lines(rejects)

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Rows read, decided, rejected, blank."""
        found = self.counted
        assert found, self.said
        return found["read"], found["rows"], found["rejected"], found["blank"]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def written(folder: Path, text: str, name: str = "cases.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path
