"""The tools of an assistant, called by the client of the protocol's own library: in memory, and over standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import anyio
import pytest

from lawmodel import load_rulebook
from lawmodel.law_files import scenarios_folder
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.mcp.entry_text import contested_text, entry_text, facts_text
from lawmodel.service.mcp.tool_answers import MOST_OF_DECISION, MOST_OF_OTHERS, about_law, beside_decision, decision
from lawmodel.service.pages.exchange import Supplied
from tests.chosen_scenarios import chosen_scenarios
from tests.sizes import one_in

mcp = pytest.importorskip("mcp")

COOK: dict[str, Any] = {
    "presume": "ordinary",
    "facts": {
        "person": {"citizenships": [{"state": "UZ"}]},
        "service": [
            {
                "formation": "armed_forces",
                "basis": "contract",
                "signed": "2025-02-03",
                "from": "2025-02-05",
                "fought": False,
            }
        ],
        "request": {"state": "UZ", "received": "2026-03-30"},
        "decision": {"made": "2026-04-22"},
    },
}
ASKED = {"case": COOK, "question": "extradition"}
PROGRAM = "from lawmodel.commands.main import main; main()"
Client: TypeAlias = Any


@pytest.fixture(scope="module")
def law() -> Rulebook:
    """The law that comes with the program."""
    return load_rulebook()


class InThisProcess:
    """Workers that are none: each call is answered here."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook

    async def run(self, slow: bool, work: Callable[..., Any], *given: Any) -> Any:
        """What the work gives."""
        return work(self.rulebook, *given)


@asynccontextmanager
async def connected(law: Rulebook) -> AsyncIterator[Client]:
    """A client, connected to the server in memory."""
    from lawmodel.service.mcp.server import mcp_server

    supplied = Supplied(scenarios_folder())
    async with mcp.Client(mcp_server(law, InThisProcess(law), supplied)) as client:  # type: ignore[arg-type]
        yield client


def run(work: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """What asynchronous work gives."""
    return anyio.run(work)


def test_both_sides_of_a_contested_answer_are_told(law: Rulebook) -> None:
    async def work() -> None:
        async with connected(law) as client:
            found = (await client.call_tool("decide", ASKED)).structured_content
            assert found["outcome"] == "must_refuse"
            parting = {one["reading"]: one for one in found["readings_that_part"]}
            assert set(parting) == {"combat", "force", "offence-nexus", "treaty-conflict"}
            assert parting["combat"]["otherwise"] == [
                {"if": "fighting is required of everyone, of those who serve as well", "answer": "may be granted"}
            ]

    run(work)


@pytest.mark.parametrize("file", one_in(10, [one for one in chosen_scenarios() if one.parent.name != "consistency"]))
def test_a_decision_is_short_and_names_a_reading_that_parts_where_there_is_one(file: Any, law: Rulebook) -> None:
    from lawmodel import decide, load_cases
    from lawmodel.case.plain import plain_case

    case = load_cases(law, file)[0]
    plain = json.loads(json.dumps(plain_case(law, case), default=str))
    question = case.asked()[0]
    found = decision(law, {"case": plain, "question": question})
    assert len(json.dumps(found, ensure_ascii=False).encode()) <= MOST_OF_DECISION + 100
    answer = decide(law, case, question)
    assert found["possible"] == list(answer.possible)
    parting = [one for one in answer.rests_on if one in law.readings]
    assert bool(found["readings_that_part"]) >= bool(parting)


def test_an_open_case_is_asked_on(law: Rulebook) -> None:
    found = decision(law, {"question": "extradition", "case": {"presume": "ordinary"}})
    assert found["certain"] is False
    assert found["next"]["input"] in {"person.citizenships", "service"}


@pytest.mark.parametrize(
    ("call", "further"), [("why", {}), ("change", {"to": "may_grant"}), ("compare", {}), ("compare", {"by": "date"})]
)
def test_every_tool_about_a_case_tells_the_decision_beside_it(
    call: str, further: dict[str, Any], law: Rulebook
) -> None:
    found = beside_decision(law, call, {**ASKED, **further})
    assert found["decision"]["readings_that_part"]
    assert len(json.dumps(found["result"], default=str).encode()) <= MOST_OF_OTHERS + 200
    assert found["result"]["schema"].startswith("lawmodel/")


def test_a_case_that_is_found_comes_with_its_decision(law: Rulebook) -> None:
    found = about_law(law, "find", {"differ": "reading", "names": ["combat"], "question": "extradition"})
    assert found["result"]["cases"][0]["seen"]
    assert "combat" in [one["reading"] for one in found["decision"]["readings_that_part"]]


def test_what_is_wrong_is_told_with_its_place(law: Rulebook) -> None:
    async def work() -> None:
        async with connected(law) as client:
            wrong = await client.call_tool("decide", {"case": {"facts": {"request": {"recieved": "2026-01-01"}}}})
            assert wrong.is_error
            assert "/case/facts/request" in wrong.content[0].text
            assert "received" in wrong.content[0].text

    run(work)


def test_a_supplied_case_is_found_read_and_decided(law: Rulebook) -> None:
    async def work() -> None:
        async with connected(law) as client:
            told = (await client.read_resource("lawmodel://cases")).contents[0].text
            assert "- `extradition/04-serving-cook` (extradition): A serving cook who never fought. " in told
            name = "extradition/04-serving-cook@last-day"
            case = json.loads((await client.read_resource(f"lawmodel://cases/{name}")).contents[0].text)
            found = (await client.call_tool("decide", {"case": case, "question": "extradition"})).structured_content
            assert found["outcome"] == "must_refuse"
            with pytest.raises(Exception, match="there is no case `nothing`"):
                await client.read_resource("lawmodel://cases/nothing")
            for way in ("../rules/facts/person", "..%2F..%2Fetc%2Fpasswd", "%2Fetc%2Fpasswd"):
                with pytest.raises(mcp.MCPError):
                    await client.read_resource(f"lawmodel://cases/{way}")

    run(work)


def test_provisions_sources_and_facts_are_resources(law: Rulebook) -> None:
    async def work() -> None:
        async with connected(law) as client:
            text = (await client.read_resource("lawmodel://law/cpc-464-1-7")).contents[0].text
            assert "проходящего" in text
            assert "interfax" in text

    run(work)
    assert "Reading combat" in contested_text(law) or "combat" in contested_text(law)
    assert "`request.received`: YYYY-MM-DD" in facts_text(law)
    with pytest.raises(ProblemsFound):
        entry_text(law, "no-such-entry")


def test_every_tool_says_that_it_changes_nothing(law: Rulebook) -> None:
    async def work() -> None:
        async with connected(law) as client:
            tools = (await client.list_tools()).tools
            assert [one.name for one in tools] == ["decide", "why", "change", "compare", "find", "prove"]
            assert all(one.annotations.read_only_hint for one in tools)
            assert all(one.description and one.output_schema for one in tools)

    run(work)


@pytest.mark.long
def test_a_program_that_is_started_answers_over_standard_input() -> None:
    from mcp.client.stdio import StdioServerParameters

    async def work() -> None:
        started = StdioServerParameters(command=sys.executable, args=["-c", PROGRAM, "mcp"])
        async with mcp.Client(started) as client:
            found = (await client.call_tool("decide", ASKED)).structured_content
            assert found["outcome"] == "must_refuse"
            assert found["readings_that_part"]

    run(work)
