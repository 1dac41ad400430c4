"""`lawmodel export --to dmn`: engines that nobody here wrote say of each case what the definition says."""

from __future__ import annotations

import datetime
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as tried_on
from hypothesis import strategies as st
from lxml import etree

import lawmodel
from lawmodel.inputs import Value
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.export.dmn.model import NAMESPACES, DecisionModel, as_dmn
from lawmodel.verbs.export.heading import Posed
from tests.batch.test_batch_is_decide import collected, random_row
from tests.batch.test_expressions import CONTRACTS
from tests.commands.running import Run
from tests.random_rulebooks import DAYS, QUESTION, READINGS, STAGES, RandomLaw, random_laws
from tests.sizes import examples
from tests.verbs.export.dmn_engines import TIMES, TOOLS, Drools, Told, by_definition, by_feelin, drools, given, named

NATIONALITY = Path(__file__).parents[3] / "examples" / "british-nationality" / "rules"
DMN = {None: NAMESPACES[""], "dmndi": NAMESPACES["dmndi"]}


@pytest.fixture(scope="module")
def engine() -> Iterator[Drools]:
    with drools() as running:
        yield running


def parsed(model: str) -> Any:
    return etree.fromstring(model.encode())


def compared(posed: Posed, rows: Sequence[Mapping[str, Value]], engine: Drools, folder: Path) -> list[Told]:
    """Both engines say what the definition says: feelin of all cases, Drools of every fourth."""
    text = as_dmn(posed.rulebook, posed.question, readings=posed.readings, on=posed.on, stage=posed.stage)
    model = DecisionModel(posed)
    expected = [by_definition(model, row) for row in rows]
    cases = [given(model, row) for row in rows]
    assert by_feelin(text, cases, folder) == expected
    assert [engine.told(text, case) for case in cases[::4]] == expected[::4]
    return expected


def posed_at_random(law: RandomLaw, chance: random.Random) -> Posed:
    return Posed(
        law.rulebook(),
        QUESTION,
        {name: chance.choice([*options, "unknown"]) for name, options in READINGS.items()},
        datetime.date.fromisoformat(chance.choice(DAYS)) if chance.random() < 0.3 else None,
        chance.choice([None, *STAGES]),
    )


# --- the engines -------------------------------------------------------------------------------------------


@pytest.mark.long
@examples(quick=2, full=12)
@tried_on(law=random_laws(room=40), seed=st.integers(0, 10**6))
def test_random_laws(law: RandomLaw, seed: int, engine: Drools, tmp_path_factory: pytest.TempPathFactory) -> None:
    chance = random.Random(seed)  # noqa: S311 - reproducible
    posed = posed_at_random(law, chance)
    rows = [random_row(chance, posed.rulebook, law, chance.choice([0.0, 0.2, 0.4])) for _ in range(20 * TIMES)]
    compared(posed, rows, engine, tmp_path_factory.mktemp("model"))


@pytest.mark.long
@pytest.mark.parametrize("unknowns", [False, 0.1, 0.4])
@pytest.mark.parametrize("question", list(lawmodel.load_rulebook().questions))
def test_the_rulebook_supplied(question: str, unknowns: bool | float, engine: Drools, tmp_path: Path) -> None:
    rulebook = lawmodel.load_rulebook()
    settled = {} if unknowns else {name: one.default or one.options[0].id for name, one in rulebook.readings.items()}
    rows = collected(rulebook, question, unknowns, 12 * TIMES)
    expected = compared(Posed(rulebook, question, settled), rows, engine, tmp_path)
    assert unknowns or None not in {outcome for outcome, _ in expected}


@pytest.mark.long
@pytest.mark.parametrize("question", ["citizenship-by-birth", "registration"])
def test_another_rulebook(question: str, engine: Drools, tmp_path: Path) -> None:
    rulebook = lawmodel.load_rulebook(NATIONALITY)
    compared(Posed(rulebook, question, {}), collected(rulebook, question, 0.1, 20 * TIMES), engine, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("question", list(lawmodel.load_rulebook().questions))
def test_each_model_is_as_the_schema_of_dmn_says(question: str) -> None:
    schema = etree.XMLSchema(etree.parse(named(TOOLS) / "dmn-moddle" / "resources" / "dmn" / "xsd" / "DMN13.xsd"))
    text = as_dmn(lawmodel.load_rulebook(), question)
    schema.assertValid(parsed(text))


@pytest.mark.long
def test_the_example_of_the_documentation(engine: Drools) -> None:
    page = (Path(__file__).parents[3] / "docs" / "engines.md").read_text(encoding="utf-8")
    inputs, answer = (json.loads(one) for one in re.findall(r"^```json\n(.*?)^```", page, re.MULTILINE | re.DOTALL))
    text = as_dmn(_supplied(), "surrender")
    assert engine.told(text, inputs) == (answer["outcome"], answer["grounds"])
    assert {"suspended", "postponed", "outcome", "grounds"} == set(answer)


# --- the model ---------------------------------------------------------------------------------------------


def _supplied() -> Rulebook:
    return lawmodel.load_rulebook()


@pytest.mark.parametrize("question", ["extradition", "citizenship"])
def test_what_an_expression_names_is_required_and_drawn(question: str) -> None:
    root = parsed(as_dmn(_supplied(), question))
    inputs = {one.attrib["name"]: one.attrib["id"] for one in root.findall("inputData", DMN)}
    decisions = {one.attrib["name"]: one.attrib["id"] for one in root.findall("decision", DMN)}
    known = inputs | decisions
    drawn = {one.attrib["dmnElementRef"] for one in root.iterfind(".//dmndi:DMNDiagram/*", DMN)}
    assert drawn >= set(known.values())
    used = set()
    for decision in root.findall("decision", DMN):
        text = decision.findtext("literalExpression/text", "", DMN)
        plain = re.sub(r'"[^"]*"', "", text)
        own = set(re.findall(r"^ *([a-z_0-9]+):", plain, re.MULTILINE))
        words = set(re.findall(r"(?<![.\w])[a-z]\w*", plain)) - own
        needs = [one[0].attrib["href"][1:] for one in decision.findall("informationRequirement", DMN)]
        assert {known[word] for word in words if word in known} == set(needs)
        used |= set(needs)
        assert drawn >= {one.attrib["id"] for one in decision.findall("informationRequirement", DMN)}
    assert used == set(known.values()) - {decisions["answer"]}


def test_no_two_shapes_of_a_diagram_overlap() -> None:
    root = parsed(as_dmn(_supplied(), "extradition"))
    boxes = [
        tuple(float(one.attrib[key]) for key in ("x", "y", "width", "height"))
        for one in root.iter(f"{{{NAMESPACES['dc']}}}Bounds")
    ]
    assert len(boxes) > 50
    for number, (x, y, width, height) in enumerate(boxes):
        for left, top, across, down in boxes[:number]:
            assert x >= left + across or left >= x + width or y >= top + down or top >= y + height


def test_readings_are_settled_or_left_open() -> None:
    rulebook = _supplied()

    def item_7(**readings: str) -> str:
        root = parsed(as_dmn(rulebook, "extradition", readings=readings))
        text: str = root.findtext("decision[@name='cpc_464_1_7']/literalExpression/text", "", DMN)
        return " ".join(text.split())

    assert "serving or former and fighting" in item_7(combat="former-only")
    assert "contract_service and fighting }" in item_7(combat="everyone")
    assert "options: [" in item_7(combat="unknown")


def test_the_law_of_one_day_is_worked_out() -> None:
    rulebook = _supplied()
    before, after = datetime.date(2026, 3, 18), datetime.date(2026, 3, 19)
    assert 'name="cpc_464_1_7"' not in as_dmn(rulebook, "extradition", on=before)
    assert 'name="cpc_464_1_7"' in as_dmn(rulebook, "extradition", on=after)
    assert 'name="cpc_464_1_7_in_force"' not in as_dmn(rulebook, "extradition", on=after)


# --- as a user sees it -------------------------------------------------------------------------------------


def test_it_says_what_it_reads_and_what_it_does_not_say(run: Run) -> None:
    ran = run("export", "--to", "dmn", "--question", "surrender")
    assert (ran.code, ran.err) == (0, "")
    description = parsed(ran.out).findtext("description", "", DMN)
    for words in (
        "If extradition were granted, would surrender be put off?",
        "Law: law in force on the day of each case",
        "What the model does not say: the reasons",
        "suspended: nobody is handed over yet",
        "law-of-appeal: order: the law is that of the order",
    ):
        assert words in description, words
    assert "instead of a day: never: no court has ruled on an appeal" in ran.out


def test_no_text_of_a_rulebook_becomes_a_part_of_the_model(run: Run, tmp_path: Path) -> None:
    text = CONTRACTS.replace("title: the term", 'title: "the term </description><decision/>"')
    assert text != CONTRACTS
    (tmp_path / "law.yaml").write_text(text, encoding="utf-8")
    out = run("export", "--to", "dmn", "--question", "long", "--rules", str(tmp_path)).out
    assert "&lt;/description&gt;" in out
    assert len(parsed(out).findall("decision", DMN)) >= 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--to", "dmn"), "a model is of one question. Choose a --question: extradition, "),
        (("--to", "dmn", "--question", "surender"), "there is no `surender`. Did you mean surrender?"),
        (("case.yaml", "--to", "dmn", "--question", "surrender"), "its cases are the inputs that an engine is given"),
    ],
)
def test_what_cannot_be_asked(run: Run, arguments: tuple[str, ...], says: str) -> None:
    ran = run("export", *arguments)
    assert ran.code == 2
    assert says in ran.err


def test_an_older_model_gives_way_and_nothing_else(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "surrender.dmn"
    for _ in range(2):
        assert run("export", "--to", "dmn", "--question", "surrender", "--out", str(file)).code == 0
    mine = f'<definitions xmlns="{NAMESPACES[""]}" name="mine"/>'
    file.write_text(mine, encoding="utf-8")
    assert run("export", "--to", "dmn", "--question", "surrender", "--out", str(file)).code == 2
    assert file.read_text(encoding="utf-8") == mine
