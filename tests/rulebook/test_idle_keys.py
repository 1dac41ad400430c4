"""Keys that do nothing: refused where they stand, since whoever wrote one meant something by it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook

RULES: Final = (Path(__file__).parents[1] / "bad" / "rulebook.yaml").read_text(encoding="utf-8")
PROPERTY: Final = """
properties:
  - id: no-roofs
    says: Who is not trained keeps no bees on a roof.
    question: bees
    given: {all: [{site.kind: roof}, {keeper.trained: no}]}
    on: 2026-01-01
    readings: {swarm: five}
    changed: {to: {keeper.home: heath}, on: 2026-02-01}
    claims: {compared: same_outcome}
    holds: yes
"""
FIRST: Final = "    when: {site.kind: roof, keeper.trained: no}\n"
SECOND: Final = "    when: {not: leaseholder}\n"
FORBIDDEN: Final = "{id: forbidden, says: no, means: it is forbidden}"
TEN: Final = "      ten: {site.hives: {at_least: 10}}\n"
IDLE: Final = {
    "moment-of-a-provision": (FIRST, FIRST + "    at: test-day\n", "`at` does nothing: the provision tests nothing"),
    "moment-of-a-concept": (FIRST, "    when: {concept: many, at: test-day}\n", "`at` does nothing: `many` tests"),
    "the-moment-itself": (SECOND, "    when: {not: {concept: leaseholder, at: at}}\n", "`at` does nothing: `at` is"),
    "otherwise": (TEN, TEN + "      otherwise: never\n", "`otherwise` does nothing: every option of `swarm`"),
    "otherwise-of-a-day": (
        "    is: request.received\n",
        "    reading: swarm\n    five: request.received\n    ten: law-date\n    otherwise: law-date\n",
        "`otherwise` does nothing: every option of `swarm`",
    ),
    "unless": ("    unless: {keeper.home: heath}\n", "    unless: never\n", "`unless` does nothing: it never holds"),
    "in-force": (
        "    enacted_by: bee-act\n" + FIRST,
        "    in_force: always\n" + FIRST,
        "`in_force` does nothing: it always holds",
    ),
    "concludes": ("concludes: barred", "concludes: nothing", "`concludes` does nothing: it is `nothing`"),
    "such-that": (
        "{to: {keeper.home: heath}",
        "{one_more: lease, such_that: always, to: {keeper.home: heath}",
        "`such_that` does nothing: it always holds",
    ),
    "twice": ("{site.kind: roof}\n    concludes", "{site.kind: [roof, roof]}\n    concludes", "`roof` stands twice in"),
    "twice-in-an-order": ("[lease.from, lease.to]", "[lease.from, lease.to, lease.to]", "`lease.to` stands twice in"),
    "empty": (FIRST, FIRST + "    disapplies: []\n", "`disapplies` is empty"),
    "empty-mapping": ("          running: {means: after_every_day, says: still leased}\n", "", "`words` is empty"),
    "leads-to": (
        FORBIDDEN,
        FORBIDDEN[:-1] + ", leads_to: {says: it is seen, add: visits, record: {day: law-date}}}",
        "`leads_to` does nothing: no provision reads `visits`",
    ),
    "given": ("given: {all: [{site.kind: roof}, {keeper.trained: no}]}", "given: always", "`given` does nothing"),
    "by-default": (
        "    readings: {swarm: five}\n",
        "    readings: {swarm: five}\n    by_default: yes\n",
        "`by_default` does",
    ),
    "same-day": ("heath}, on: 2026-02-01}", "heath}, on: 2026-01-01}", "`on` does nothing: it is the first day again"),
    "same-stage": ("on: 2026-02-01}", "on: 2026-02-01, stage: in_force}", "`stage` does nothing: it is the first"),
    "same-reading": (
        "on: 2026-02-01}",
        "on: 2026-02-01, readings: {swarm: five}}",
        "`swarm` does nothing: it is read so in the first case",
    ),
    "anything-and-a-value": (
        "{to: {keeper.home: heath}",
        "{facts: [keeper.home], to: {keeper.home: heath}",
        "`keeper.home` does nothing beside `facts`",
    ),
}
VISITS: Final = """
  - id: visits
    type: records
    title: visits
    each: visit
    none: never visited
    ask: Which visits were there?
    of: [{id: day, type: date, title: day, phrase: "visited on {}", ask: When?}]
"""


def load(text: str, folder: Path) -> list[str]:
    """What is said of a rulebook, a line for each problem."""
    (folder / "rulebook.yaml").write_text(text, encoding="utf-8")
    try:
        load_rulebook(folder)
    except ProblemsFound as found:
        return [f"{one.line}: {one.message} {one.mend}" for one in found.problems]
    return []


def with_all(text: str = RULES) -> str:
    return text.replace("\nconsistency:", f"{VISITS}\nconsistency:") + PROPERTY


def test_the_rulebook_has_none(tmp_path: Path) -> None:
    assert load(with_all(), tmp_path) == []


@pytest.mark.parametrize("name", IDLE)
def test_each_is_refused_where_it_stands(name: str, tmp_path: Path) -> None:
    old, new, said = IDLE[name]
    text = with_all()
    assert text.count(old) == 1
    (problem,) = load(text.replace(old, new), tmp_path)
    line, _, message = problem.partition(": ")
    assert message.startswith(said)
    key = said.split("`")[1]
    assert key in text.replace(old, new).splitlines()[int(line) - 1]


def test_a_moment_that_only_a_shared_conclusion_tests(tmp_path: Path) -> None:
    text = with_all().replace("{when: many, then: forbidden}", "{when: leaseholder, then: forbidden}")
    without = text.replace(SECOND, "    when: {site.kind: garden}\n")
    assert load(without, tmp_path) == []
    (problem,) = load(without.replace("    at: test-day\n", ""), tmp_path)
    assert "`by-size` is tested at a moment, and none is said" in problem
