"""`decide --brief` on several questions: each line says to which question it answers."""

from __future__ import annotations

from lawmodel.law_files import rules_folder
from lawmodel.rulebook.load import load_rulebook
from lawmodel.words.outcomes import subject
from tests.commands.running import Run

EVERY_QUESTION = "scenarios/extradition/34-every-question-at-once.yaml"


def test_each_line_names_what_it_is_about(run: Run) -> None:
    rulebook = load_rulebook(rules_folder())
    ran = run("decide", EVERY_QUESTION, "--variant", "base", "--brief")
    lines = [line for line in ran.out.splitlines() if line.startswith("· ")]
    subjects = [subject(rulebook, question) for question in rulebook.questions]
    assert [next(one for one in subjects if line.startswith(f"· {one}")) for line in lines] == subjects
