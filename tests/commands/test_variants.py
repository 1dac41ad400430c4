"""`FILE#VARIANT`, as the program itself names a variant, is accepted by every verb that takes a case."""

from __future__ import annotations

import io

import pytest

from tests.commands.running import Run

COOK = "scenarios/extradition/04-serving-cook.yaml"
VERBS = (
    ("decide", "{}", "--brief"),
    ("why", "{}"),
    ("report", "{}"),
    ("why-not", "{}", "must_refuse"),
    ("whatif", "{}", "combat=everyone"),
    ("change", "{}", "--to", "must_refuse"),
    ("turns-on", "{}"),
    ("compare", "{}"),
    ("tellings", "{}"),
    ("export", "{}", "--to", "asp"),
    ("ask", "--case", "{}"),
    ("check", "{}"),
    ("find", "--outcome", "may_grant", "--given", "{}"),
)


@pytest.mark.parametrize("verb", VERBS, ids=lambda words: words[0])
def test_every_verb_takes_a_variant_so(verb: tuple[str, ...], run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    ran = run(*(word.format(f"{COOK}#discharged") for word in verb))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out
