"""Lines as they are laid out are those that rich would make, which knows how wide each letter is."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as RichText

from lawmodel.document import Decision as DecisionOn
from lawmodel.document import DecisionRow as Row
from lawmodel.document import DecisionTable, Document, Paragraph, Verdict, text
from lawmodel.render.layout import Beside, Cell, Inset, SimpleText, is_simple
from lawmodel.render.terminal import BY_ENVIRONMENT, Screen, show
from tests.sizes import examples

CHECKOUT = Path(__file__).parents[2]
PIECES = st.lists(st.text("ab  \näжΩ→·ø✓", max_size=12).map(lambda letters: (letters, "")), max_size=5)


def lines(words: SimpleText | Inset | Beside, width: int) -> list[str]:
    return ["".join(letters for letters, _ in line.pieces).rstrip() for line in words.lines(width)]


@examples(quick=100, full=3_000)
@given(PIECES, st.integers(1, 20))
def test_a_text_is_wrapped_as_rich_wraps_it(pieces: list[tuple[str, str]], width: int) -> None:
    by_rich = RichText.assemble(*pieces, overflow="fold").wrap(Console(width=width), width)
    words = SimpleText(*pieces)
    assert lines(words, width) == [line.plain.rstrip() for line in by_rich]
    assert words.columns == sum(cell_len(letters) for letters, _ in pieces)
    for line in words.lines(width):
        assert line.columns == sum(len(letters) for letters, _ in line.pieces)


@given(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))
def test_a_simple_letter_takes_one_column(letter: str) -> None:
    assert not is_simple(letter) or cell_len(letter) == 1


def test_what_is_too_long_hangs_beside_its_mark_and_names_stand_at_the_right() -> None:
    said = SimpleText(("a condition that is long", "bold"), (" and goes on", ""))
    part = Inset(
        Beside(Cell(SimpleText(("· ", "")), 2), Cell(said), Cell(SimpleText(("name", "dim")), 6, right=True)), 1
    )
    assert lines(part, 25) == [" · a condition that  name", "   is long and goes", "   on"]


def test_letters_of_two_columns_are_counted() -> None:
    """Each name ends where the others end, and no line is too long."""
    rows = (Row(text("法律 " * 16), text("拒否"), "first"), Row(text("e\u0301 " * 30), text("no"), "second"))
    told = Document(
        text("法"),
        (
            Verdict(text("法律 " * 30), "outcome"),
            Paragraph(text("a\ttab")),
            DecisionTable((DecisionOn(text(), rows=rows),)),
        ),
    )
    stream = io.StringIO()
    show(told, Screen(stream, 80))
    shown = stream.getvalue().splitlines()
    assert all(cell_len(line) <= 80 for line in shown)
    assert sum(cell_len(line) == 80 and line.endswith(("first", "second", "outcome")) for line in shown) == 3
    assert "a       tab" in shown


def test_a_pipe_gets_its_answer_without_rich() -> None:
    script = (
        "import sys; from lawmodel.commands.main import program; program.main(standalone_mode=False); "
        "print('rich' in sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, "decide", "scenarios/extradition/04-serving-cook.yaml"]
    environment = {name: value for name, value in os.environ.items() if name not in BY_ENVIRONMENT}
    found = subprocess.run(
        command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert "EXTRADITION MUST BE REFUSED" in found.stdout
    assert found.stderr.split() == ["False"]
