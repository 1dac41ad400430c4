from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import lawmodel.cases
from lawmodel.case.model import case_models
from lawmodel.case.shape import HEADINGS
from lawmodel.case.stub import stub
from lawmodel.law_files import PACKAGE, rules_folder
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from tests.case.library import loans

__all__ = ["loans"]  # a fixture

RIGHT = """\
import datetime

from loans import CardHolder, Case, Json, JsonCaseRecord, Loan, Title

case = Case(
    title="a text",
    title_=Title(import_=True, bool="A1", datetime=datetime.date(2026, 1, 1)),
    loan=Loan(days=30, returned="never", made=None),
    closed="unknown",
    reader=[CardHolder(from__=datetime.date(2026, 1, 1), from_=5, class_="child"), CardHolder(to="unknown")],
    json_=Json(case="unknown"),
    presume=["loan.days"],
    questions=["fine"],
)
again: Case = case.changed(closed=False)
again = Case.from_case(case.to_case("name"))
text: str = again.to_yaml()
days: int | str | None = again.loan.days
records = [JsonCaseRecord(int=1)]
"""
WRONG = [
    "Loan(day=1)",
    "Loan(returned='nevr')",
    "Loan(made='2026-01-01')",
    "Loan(days=1.5)",
    "CardHolder(class_='baby')",
    "Title(bool='ZZ')",
    "Case(closed='maybe')",
    "Case(presume=['loan.made'])",
    "Case(questions=['fines'])",
    "Case(titel='')",
    "Case().closed = True",
    "Case(reader='nobody')",
]


def test_the_committed_stub_is_up_to_date() -> None:
    committed = (PACKAGE / "cases.pyi").read_text("utf-8")
    assert committed == stub(load_rulebook(rules_folder())), "run: lawmodel schema stub --out lawmodel/cases.pyi"


@pytest.mark.parametrize("supplied", [True, False])
def test_the_stub_declares_what_the_models_have(loans: Rulebook, supplied: bool) -> None:
    rulebook = load_rulebook(rules_folder()) if supplied else loans
    declared = {
        node.name: {ast.unparse(item.target) for item in node.body if isinstance(item, ast.AnnAssign)}
        for node in ast.parse(stub(rulebook)).body
        if isinstance(node, ast.ClassDef)
    }
    made: dict[str, Any] = {name: set(model.model_fields) for name, model in case_models(rulebook).items()}
    made["Case"] -= {heading for heading in HEADINGS if heading not in ("questions", "presume", "stage")}
    assert declared == made


@pytest.mark.long
def test_type_checkers_accept_what_is_right_and_reject_the_rest(
    loans: Rulebook, tmp_path: Path, mypy_cache: Path
) -> None:
    (tmp_path / "loans.pyi").write_text(stub(loans), encoding="utf-8")
    (tmp_path / "right.py").write_text(RIGHT, encoding="utf-8")
    head = "from loans import CardHolder, Case, Loan, Title\n"
    (tmp_path / "wrong.py").write_text(head + "\n".join(WRONG) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports", "silent"]
    done = subprocess.run(
        [*command, "--cache-dir", str(mypy_cache), "loans.pyi", "right.py", "wrong.py"],
        cwd=tmp_path,
        env={"MYPYPATH": str(PACKAGE.parent), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    errors = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert {line.split(":")[0] for line in errors} == {"wrong.py"}, done.stdout + done.stderr
    assert {int(line.split(":")[1]) for line in errors} == set(range(2, len(WRONG) + 2)), done.stdout


def test_long_lines_are_broken(loans: Rulebook) -> None:
    for text in (stub(loans), stub(load_rulebook(rules_folder()))):
        assert max(len(line) for line in text.splitlines()) <= 120


def test_the_module_has_the_models_and_nothing_else() -> None:
    assert "Case" in dir(lawmodel.cases)
    assert lawmodel.cases.Case is lawmodel.cases.Case
    assert lawmodel.cases.Case.__module__ == "lawmodel.cases"
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        _ = getattr(lawmodel.cases, "Nothing")  # noqa: B009
