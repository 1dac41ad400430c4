"""Answers as text: three of them word for word, and what holds of all.

After a change that is meant, write the golden files anew with ``pytest tests/answer --renew-golden``, and read the
difference before you commit it.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pytest
from rich.console import Console

from lawmodel.answer.answer import Answer
from lawmodel.answer.console import WIDTH_OF_A_PIPE, console
from lawmodel.answer.text import show, show_rows
from lawmodel.case.case import Case
from lawmodel.case.file import load_cases
from lawmodel.inquiry.decide import decide
from lawmodel.law_files import rules_folder
from lawmodel.rulebook.load import load_rulebook
from tests.chosen_scenarios import chosen_scenarios
from tests.sizes import one_in

RULEBOOK = load_rulebook(rules_folder())
FILES = chosen_scenarios()
GOLDEN = Path(__file__).parent / "golden"
ESCAPE = "\x1b"
UNWRAPPED = 1000


def cases_in(file: Path) -> list[Case]:
    """The cases of a file, under names that do not depend on where it lies."""
    return [replace(case, name=case.name.replace(str(file), file.name)) for case in load_cases(RULEBOOK, file)]


def hypothetical(number: int) -> list[Case]:
    return cases_in(next(file for file in FILES if file.name.startswith(f"{number:02}-")))


def answers(case: Case) -> list[Answer]:
    """Without forward chaining, since not every Python can import it, and the text names the engines."""
    asked = case.asked() or tuple(RULEBOOK.questions)
    return [decide(RULEBOOK, case, question, forward_chaining=False) for question in asked]


def text_of(answer: Answer, width: int = WIDTH_OF_A_PIPE, *, brief: bool = False, everything: bool = False) -> str:
    stream = io.StringIO()
    show(answer, Console(file=stream, width=width, highlight=False), brief=brief, everything=everything)
    return stream.getvalue()


def rows_of(shown: list[Answer], width: int = WIDTH_OF_A_PIPE) -> str:
    stream = io.StringIO()
    show_rows(shown, Console(file=stream, width=width, highlight=False), "Variants")
    return stream.getvalue()


def whole_text(cases: list[Case]) -> str:
    """The case in full, and its variants in a line each."""
    base, *variants = cases
    texts = [text_of(answer) for answer in answers(base)]
    if variants:
        texts.append(rows_of([answer for variant in variants for answer in answers(variant)]))
    return "\n".join(texts)


@pytest.mark.parametrize("number", [25, 28, 34])
def test_it_reads_as_it_did(number: int, renew_golden: bool) -> None:
    golden = GOLDEN / f"{number}.txt"
    found = whole_text(hypothetical(number))
    if renew_golden:
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found.splitlines() == golden.read_text(encoding="utf-8").splitlines(), "pytest --renew-golden renews it"


# --- terminals and pipes -----------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def written(stream: io.StringIO) -> str:
    show(answers(hypothetical(28)[0])[0], console(stream))
    return stream.getvalue()


@pytest.fixture
def usual_terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return monkeypatch


def test_a_terminal_is_given_colour(usual_terminal: pytest.MonkeyPatch) -> None:
    text = written(Terminal())
    assert f"{ESCAPE}[1;36m" in text
    plain = re.sub(rf"{ESCAPE}\[[0-9;]*m", "", text)
    assert ESCAPE not in plain
    assert "it must be refused" in plain


def test_no_color_is_obeyed(usual_terminal: pytest.MonkeyPatch) -> None:
    usual_terminal.setenv("NO_COLOR", "1")
    assert not re.search(rf"{ESCAPE}\[[0-9;]*3[0-7]", written(Terminal()))


def test_a_pipe_is_given_plain_text_of_a_fixed_width(usual_terminal: pytest.MonkeyPatch) -> None:
    text = written(io.StringIO())
    assert ESCAPE not in text
    assert 100 < max(map(len, text.splitlines())) <= WIDTH_OF_A_PIPE
    assert text == text_of(answers(hypothetical(28)[0])[0])


def test_a_dumb_terminal_is_given_plain_text(usual_terminal: pytest.MonkeyPatch) -> None:
    usual_terminal.setenv("TERM", "dumb")
    assert ESCAPE not in written(Terminal())


def test_the_width_of_a_terminal_counts_up_to_a_readable_one(usual_terminal: pytest.MonkeyPatch) -> None:
    for columns, widest in ((80, 80), (500, 120)):
        usual_terminal.setenv("COLUMNS", str(columns))
        lines = re.sub(rf"{ESCAPE}\[[0-9;]*m", "", written(Terminal())).splitlines()
        assert widest - 25 < max(map(len, lines)) <= widest


# --- all cases that come with the program ------------------------------------------------------------


@dataclass(frozen=True)
class Spoken:
    """An answer, with its text on lines as long as they need to be."""

    answer: Answer

    @cached_property
    def text(self) -> str:
        return text_of(self.answer, UNWRAPPED)

    @cached_property
    def brief(self) -> str:
        return text_of(self.answer, UNWRAPPED, brief=True)

    @cached_property
    def everything(self) -> str:
        return text_of(self.answer, UNWRAPPED, everything=True)


@pytest.fixture(scope="module", params=one_in(6, FILES), ids=lambda file: file.stem)
def spoken(request: pytest.FixtureRequest) -> list[list[Spoken]]:
    """The answers on each case of a file: worked out once, since pytest runs the tests of one file together."""
    return [[Spoken(answer) for answer in answers(case)] for case in cases_in(request.param)]


def test_no_line_is_too_long_or_ends_in_blanks(spoken: list[list[Spoken]]) -> None:
    for of_case in spoken:
        found = [one.answer for one in of_case]
        for width in (80, 110):
            texts = [rows_of(found, width)]
            for answer in found:
                texts += [text_of(answer, width, everything=everything) for everything in (False, True)]
                texts.append(text_of(answer, width, brief=True))
            for line in "".join(texts).splitlines():
                assert line == line.rstrip()
                assert len(line) <= width, line


def test_nothing_is_said_twice_of_a_provision(spoken: list[list[Spoken]]) -> None:
    for one in (one for of_case in spoken for one in of_case):
        for heading, lines in trees(one.everything):
            twice = [line for line, count in Counter(lines).items() if count > 1]
            assert not twice, (one.answer.case, one.answer.question, heading)


def trees(text: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The tree of each provision: its heading, and each line with the record of a list that it is about."""
    heading, record = "", ""
    lines: list[tuple[str, str]] = []
    for line in [*text.splitlines(), ""]:
        said = line.lstrip("│├└─ ")
        if line.startswith(("● ", "◐ ", "○ ")) or not line:
            if heading:
                yield heading, lines
            heading, record, lines = line, "", []
        elif heading:
            if re.fullmatch(r"[✓✗?] [a-z]+ \d+", said) or said.startswith("→"):
                record = said
            lines.append((record, said))


def test_the_text_says_what_the_answer_is(spoken: list[list[Spoken]]) -> None:
    for one in (one for of_case in spoken for one in of_case):
        answer = one.answer
        asked = RULEBOOK.questions[answer.question]
        for shown in (one.text, one.brief):
            assert all(asked.outcome(name).means in shown for name in answer.possible)
            assert ("IT DEPENDS" in shown) is not answer.determined
            assert all(name in shown for group in answer.turns_on for name in group)
            assert all(ground.id in shown for ground in answer.grounds)
        assert asked.asks in one.text
        assert all(ground.citation in one.text for ground in answer.grounds)
        assert all(name in one.text for name in answer.rests_on)
        failing = [step for step in answer.trace if step.truth is False]
        assert all(str(step.notes["citation"]) in one.everything for step in failing)
        assert one.brief.count("\n") <= 2
