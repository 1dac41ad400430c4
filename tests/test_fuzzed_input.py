"""Whatever a file holds, the user is told what is wrong with it: no other error comes out.

The files of law and the cases that come with the program are mutilated in the ways in which files get mutilated.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.case.file import read_cases
from lawmodel.case.valuation import value_case
from lawmodel.law_files import case_files, rules_folder, scenarios_folder
from lawmodel.problems import Collector, ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.read import read_rulebook
from lawmodel.rulebook.rule_files import RuleFile, rulebook_files
from lawmodel.yaml_nodes import Node, parse_yaml_bytes, read_yaml
from tests.sizes import examples, one_in

FRAGMENTS = (
    "", "[]", "{}", "[[]]", "{a: b}", "unknown", "yes", "-1", "²", "99999999999999999999", "2026-02-30", "0000-00-00",
    "9999-12-31", "at", "law-date", "never", "always", "nothing", "ordinary", "*a", "&a x", "!!int 3", "|", ">", "? x",
    "- ", "'", '"', "#", "\t", "\u00a0", "\u0085", "\u2028", "\ufeff", "\x00", "{reading: x}", "{some: service}",
    "{same_as: service}", "{concept: russian, at: at}", "{is: a, reading: b}", "`", "%", "\\", "id: x", "place: x",
)  # fmt: skip


@cache
def supplied() -> Rulebook:
    return load_rulebook(rules_folder())


def read_law(texts: Mapping[str, bytes], folder: Path) -> str:
    """What is said of a rulebook with these files; nothing but problems may come out."""
    problems = Collector()

    def parse(data: bytes, file: str, told: Collector) -> Node | None:
        name = Path(file).name
        return as_supplied(name) if data is LAW.get(name) else parse_yaml_bytes(data, file, told)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lawmodel.rulebook.read.parse_yaml_bytes", parse)
        read_rulebook([RuleFile(folder / name, texts[name]) for name in sorted(texts)], problems)
    return str(ProblemsFound(problems.problems))


@cache
def as_supplied(name: str) -> Node | None:
    """A file of the law as it is: parsed once, for all the tests that change another one."""
    return read_yaml(FILES[name], Collector())


def read_case(text: bytes, file: Path) -> str:
    """What is said of a case with this text; where nothing is, its inputs can be valued."""
    problems = Collector()
    file.write_bytes(text)
    cases = read_cases(supplied(), file, problems)
    told = str(ProblemsFound(problems.problems))
    for case in cases if not problems.problems else ():
        try:
            value_case(supplied(), case)
        except ProblemsFound as found:  # days in the wrong order
            told += str(found)
    return told


FILES = {
    "-".join(file.relative_to(rules_folder()).parts): file for file in rulebook_files([rules_folder()], Collector())
}
LAW = {name: file.read_bytes() for name, file in FILES.items()}
CASES = [file.read_bytes() for file in case_files([scenarios_folder()])]


@st.composite
def mutilated(draw: st.DrawFn, text: bytes) -> bytes:
    """A text of which lines are lost, repeated, exchanged, moved or overwritten; or some bytes of it."""
    lines = text.decode().splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 4))):
        here, there = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        match draw(st.sampled_from(("lose", "repeat", "exchange", "indent", "value", "values", "cut", "insert"))):
            case "lose" if len(lines) > 1:
                del lines[here]
            case "repeat":
                lines.insert(there, lines[here])
            case "exchange":
                lines[here], lines[there] = lines[there], lines[here]
            case "indent":
                lines[here] = draw(st.sampled_from((" ", "  ", "      ", "\t", "- "))) + lines[here]
            case "value":
                key = lines[here].partition(":")[0]
                lines[here] = f"{key}: {draw(st.sampled_from(FRAGMENTS))}\n"
            case "values":
                key, colon, value = lines[here].partition(":")
                lines[here] = key + colon + (lines[there].partition(":")[2] or value)
            case "cut":
                lines[here] = lines[here][: draw(st.integers(0, len(lines[here])))] + "\n"
            case "insert":
                at = draw(st.integers(0, len(lines[here])))
                lines[here] = lines[here][:at] + draw(st.sampled_from(FRAGMENTS)) + lines[here][at:]
    changed = "".join(lines).encode()
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(changed)))
        changed = changed[:at] + draw(st.binary(max_size=4)) + changed[at + draw(st.integers(0, 4)) :]
    return changed


@given(data=st.data())
@examples(quick=8, full=50)
def test_mutilated_law(data: st.DataObject, tmp_path: Path) -> None:
    name = data.draw(st.sampled_from(sorted(LAW)))
    read_law({**LAW, name: data.draw(mutilated(LAW[name]))}, tmp_path)


@given(data=st.data())
@examples(quick=40, full=150)
def test_mutilated_cases(data: st.DataObject, tmp_path: Path) -> None:
    read_case(data.draw(mutilated(data.draw(st.sampled_from(CASES)))), tmp_path / "case.yaml")


@given(
    text=st.binary(max_size=200) | st.text(alphabet="ab:-[]{}'\"#&*!|>%@`?, \n\t\\\x00é", max_size=200).map(str.encode)
)
@examples(quick=40, full=150)
def test_noise(text: bytes, tmp_path: Path) -> None:
    assert "problem" in read_case(text, tmp_path / "case.yaml")
    assert "problem" in read_law({"rulebook.yaml": text}, tmp_path)


@pytest.mark.parametrize("name", one_in(9, sorted(LAW)))
def test_a_file_left_out(name: str, tmp_path: Path) -> None:
    read_law({other: text for other, text in LAW.items() if other != name}, tmp_path)


@pytest.mark.parametrize("name", one_in(10, sorted(LAW)))
def test_a_file_that_cannot_be_read_is_the_only_problem(name: str, tmp_path: Path) -> None:
    """What other files take from it is not held against them."""
    told = read_law({**LAW, name: b"[" + LAW[name]}, tmp_path)
    assert told.endswith("\n\n1 problem found.")


@pytest.mark.parametrize("name", one_in(9, sorted(LAW)))
def test_lines_lost(name: str, tmp_path: Path) -> None:
    lines = LAW[name].splitlines(keepends=True)
    few = {other: text for other, text in LAW.items() if other in ("rulebook.yaml", "sources.yaml")}
    for number in range(0, len(lines), max(1, len(lines) // 10)):
        read_law({**few, name: b"".join(lines[:number] + lines[number + 1 :])}, tmp_path)
