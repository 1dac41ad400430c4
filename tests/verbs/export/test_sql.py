"""`lawmodel export --to sql`: the query that DuckDB runs gives the outcome and the grounds that the program gives."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import lawmodel
from lawmodel.batch.rows.plan import Asked
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.export.sql import as_sql
from tests.batch.tables import Facts, Memory, answered, table_of
from tests.batch.test_batch_is_decide import collected, random_row
from tests.batch.test_expressions import CONTRACTS
from tests.commands.running import Run
from tests.random_rulebooks import QUESTION, READINGS, RandomLaw, random_laws
from tests.sizes import examples, one_in, sizes

NATIONALITY = Path(__file__).parents[3] / "examples" / "british-nationality" / "rules"
Told = tuple[str | None, list[str] | None]


def asked_of_duckdb(query: str, table: Memory) -> list[Told]:
    """Outcome and grounds of the rows, in their order."""
    names = pa.array([f"{number:06}" for number in range(table.total)])
    with duckdb.connect() as connection:
        connection.register("facts", pa.table({**table.arrays, "case": names}))
        found = connection.execute(query).fetchall()
    return [(outcome, grounds) for _, outcome, grounds in sorted(found)]


def compared(rulebook: Rulebook, asked: Asked, rows: Sequence[Facts]) -> list[Told]:
    """The query says what the program says, or nothing; it says something wherever one pass over the columns does."""
    table = table_of(rulebook, rows, rulebook.facts, typed=True)
    query = as_sql(rulebook, asked.question, readings=asked.readings, on=asked.on, stage=asked.stage)
    told = asked_of_duckdb(query, table)
    exact, rejected, _ = answered(asked, table)
    assert len(told) == len(rows)
    for number, (outcome, grounds) in enumerate(told, 1):
        if outcome is not None and number not in {one.row for one in rejected}:
            assert (outcome, grounds) == (exact[number].outcome, list(exact[number].grounds))
    return told


@examples(quick=2, full=60)
@given(law=random_laws(room=40), seed=st.integers(0, 10**6))
def test_random_laws(law: RandomLaw, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - reproducible
    rulebook = law.rulebook()
    rows = [random_row(chance, rulebook, law, chance.choice([0.0, 0.0, 0.3])) for _ in range(60)]
    readings = {name: chance.choice([*options]) for name, options in READINGS.items()}
    compared(rulebook, Asked(rulebook, QUESTION, readings), rows)


@pytest.mark.parametrize("count", sizes(12, 400))
@pytest.mark.parametrize("question", one_in(4, list(lawmodel.load_rulebook().questions)))
def test_complete_cases_of_the_supplied_rulebook(question: str, count: int) -> None:
    rulebook = lawmodel.load_rulebook()
    settled = {name: one.default or one.options[0].id for name, one in rulebook.readings.items()}
    told = compared(rulebook, Asked(rulebook, question, settled), collected(rulebook, question, False, count))
    assert None not in {outcome for outcome, _ in told}  # nothing is open: so the query always has an answer


@pytest.mark.parametrize("count", sizes(12, 200))
@pytest.mark.parametrize("question", ["extradition", pytest.param("deployment", marks=pytest.mark.long)])
def test_cases_with_open_facts(question: str, count: int) -> None:
    rulebook = lawmodel.load_rulebook()
    told = compared(rulebook, Asked(rulebook, question, {}), collected(rulebook, question, 0.1, count))
    assert {outcome for outcome, _ in told} > {None}


def test_another_rulebook() -> None:
    rulebook = lawmodel.load_rulebook(NATIONALITY)
    rows = collected(rulebook, "citizenship-by-birth", False, 12)
    compared(rulebook, Asked(rulebook, "citizenship-by-birth", {}), rows)


# --- as a user sees it -------------------------------------------------------------------------------------


ROW = """
CREATE TABLE facts AS SELECT
    'a' AS "case",
    DATE '2026-04-22' AS "decision.notified",
    'none' AS "decision.appeal",
    NULL::DATE AS "decision.appeal_decided",
    'never' AS "decision.appeal_decided.word",
    DATE '2026-05-10' AS "decision.surrender",
    true AS "offence.other_act_in_russia"
"""


def test_the_columns_that_it_names_are_enough(run: Run) -> None:
    ran = run("export", "--to", "sql", "--question", "surrender")
    assert (ran.code, ran.err) == (0, "")
    with duckdb.connect() as connection:
        connection.execute(ROW)
        assert connection.execute(ran.out).fetchall() == [("a", "postponed", ["cpc-465"])]
        connection.execute("UPDATE facts SET \"decision.surrender\" = DATE '2026-04-25'")
        assert connection.execute(ran.out).fetchall() == [("a", "suspended", ["cpc-462-6-final"])]
        connection.execute('UPDATE facts SET "decision.notified" = NULL')
        assert connection.execute(ran.out).fetchall() == [("a", None, None)]
    named = {line.split('"')[1] for line in ran.out.splitlines() if line.startswith('--   "')}
    assert named == set(ROW.split('"')[1::2])


def test_it_says_what_it_reads_and_what_it_does_not_say(run: Run) -> None:
    out = run(
        "export",
        "--to",
        "sql",
        "--question",
        "extradition",
        "--reading",
        "combat=everyone",
        "--reading",
        "force=unknown",
    ).out
    heading = [line for line in out.splitlines() if line.startswith("--")]
    said = " ".join(line.removeprefix("--").strip() for line in heading)
    for words in (
        "Would extradition be refused?",
        "law in force on the day of each case",
        "combat: everyone: fighting is required of everyone",
        "force: left open: mandatory, discretionary",
        '"person.present_in_russia" BOOLEAN: presence in Russia',
        "What the query does not say",
    ):
        assert words in said, words


def test_no_text_of_a_rulebook_ends_a_comment(run: Run, tmp_path: Path) -> None:
    text = CONTRACTS.replace("title: the term", 'title: "the term\\nDROP TABLE facts; --"')
    (tmp_path / "law.yaml").write_text(text, encoding="utf-8")
    out = run("export", "--to", "sql", "--question", "long", "--rules", str(tmp_path)).out
    assert "the term DROP TABLE facts; --" in out
    assert not any(line.startswith("DROP") for line in out.splitlines())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--to", "sql"), "a query is of one question. Choose a --question: extradition, "),
        (("--to", "sql", "--question", "surender"), "there is no `surender`. Did you mean surrender?"),
        (("case.yaml", "--to", "sql", "--question", "surrender"), "its cases are the rows of a table"),
        (("--to", "sql", "--question", "surrender", "--reading", "law-of-appeal=maybe"), "`maybe`"),
        (("--to", "asp"), "Name the file of a case."),
    ],
)
def test_what_cannot_be_asked(run: Run, arguments: tuple[str, ...], says: str) -> None:
    ran = run("export", *arguments)
    assert ran.code == 2
    assert says in ran.err


def test_an_older_query_gives_way_and_nothing_else(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "surrender.sql"
    for _ in range(2):
        assert run("export", "--to", "sql", "--question", "surrender", "--out", str(file)).code == 0
    file.write_text("SELECT 1", encoding="utf-8")
    ran = run("export", "--to", "sql", "--question", "surrender", "--out", str(file))
    assert ran.code == 2
    assert file.read_text(encoding="utf-8") == "SELECT 1"
