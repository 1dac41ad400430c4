"""A file that is sent: a case becomes an address, and whatever is wrong with a file is told with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from lawmodel.case.case import Case
from lawmodel.case.file import KEYS, MOST_BYTES, parse_cases
from lawmodel.dataclass import dataclass
from lawmodel.problems import Collector, Problem, ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.read import SECTIONS, read_rulebook
from lawmodel.rulebook.rule_files import RuleFile, read_rule_files, rulebook_files
from lawmodel.service.pages.address import MOST, href
from lawmodel.service.pages.sent_case import CASE_FILE, address_of
from lawmodel.yaml_nodes import ListNode, MapNode, Node, parse_yaml

LAW_FILE: Final = "addition.yaml"
ENTRIES: Final = (
    "questions",
    "provisions",
    "readings",
    "concepts",
    "facts",
    "dates",
    "instruments",
    "consequences",
    "numbers",
    "tellings",
    "properties",
    "gaps",
    "sources",
)
"""What of a rulebook is told as added."""
CONTEXT: Final = 2
"""So many lines before and after a mistake are shown."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line of the file that was sent."""

    number: int
    text: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class UploadedCase:
    """A case of the file, or a variant, as a page."""

    title: str
    href: str
    """Empty where it is too long for an address."""


def uploaded(rulebook: Rulebook, rules: Sequence[Path], content: str, language: str) -> dict[str, Any]:
    """What the template needs: the cases of the file as pages, what it adds to the law, or what is wrong with it.

    ``rules`` are the files and folders of the rulebook, with which an addition to it is read.
    """
    if len(content.encode()) > MOST_BYTES:
        return with_problems(
            content, [Problem(f"the file is larger than {MOST_BYTES:,} bytes", "Send a smaller one.", CASE_FILE)]
        )
    if _is_law(content):
        return _as_addition(rulebook, rules, content)
    try:
        cases = parse_cases(rulebook, content, CASE_FILE)
    except ProblemsFound as found:
        return with_problems(content, found.problems)
    return {**with_problems(content, ()), "cases": tuple(_aswith_problems(rulebook, case, language) for case in cases)}


def _is_law(content: str) -> bool:
    """Whether a file has a section of a rulebook: a list of entries, or a key that no case has."""
    node = parse_yaml(content, CASE_FILE, Collector())
    if not isinstance(node, MapNode):
        return False
    sections = set(node.entries) & set(SECTIONS)
    return any(name not in KEYS or _has_entries(node.entries[name]) for name in sections)


def _has_entries(node: Node) -> bool:
    return isinstance(node, ListNode) and any(isinstance(one, MapNode) for one in node.items)


def _as_addition(rulebook: Rulebook, rules: Sequence[Path], content: str) -> dict[str, Any]:
    """The file read together with the rulebook: what it adds, or what is wrong with it."""
    problems = Collector()
    files = [*read_rule_files(rulebook_files(rules, problems), problems), RuleFile(Path(LAW_FILE), content.encode())]
    whole = read_rulebook(files, problems)
    if problems.problems or whole is None:
        told = ProblemsFound(problems.problems).problems
        own = [one for one in told if one.file == LAW_FILE]
        # of a file of the rulebook itself a page tells the name alone
        others = [replace(one, file=Path(one.file).name, line=0, column=0) for one in told if one.file != LAW_FILE]
        return with_problems(content, [*own, *others])
    return {**with_problems(content, ()), "adds": tuple(_added(rulebook, whole))}


def _added(before: Rulebook, after: Rulebook) -> Iterator[str]:
    """The entries, and the options of readings, that only the second rulebook has."""
    for section in ENTRIES:
        was, now = getattr(before, section), getattr(after, section)
        yield from (f"{section.removesuffix('s')} {name}" for name in now if name not in was)
    for name, reading in after.readings.items():
        known = {one.id for one in before.readings[name].options} if name in before.readings else None
        if known is not None:
            yield from (f"reading {name}: {one.says} ({one.id})" for one in reading.options if one.id not in known)


def _aswith_problems(rulebook: Rulebook, case: Case, language: str) -> UploadedCase:
    leads = href(rulebook, address_of(case, language))
    return UploadedCase(case.title, leads if len(leads) <= MOST else "")


def with_problems(content: str, problems: Sequence[Problem]) -> dict[str, Any]:
    """The page with a file and what is wrong with it, of which nothing is read."""
    return {
        "content": content[:MOST_BYTES],
        "problems": tuple(problems),
        "lines": tuple(_lines(content, {one.line for one in problems if one.line})),
        "cases": (),
        "adds": (),
    }


def _lines(content: str, wrong: set[int]) -> Iterator[FileLine]:
    """The lines around the mistakes."""
    near = {one + shift for one in wrong for shift in range(-CONTEXT, CONTEXT + 1)}
    for number, text in enumerate(content.splitlines(), 1):
        if number in near:
            yield FileLine(number, text[:300], number in wrong)
