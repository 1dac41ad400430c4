"""The server: few tools about cases and about the law, and the entries of the rulebook as resources.

Every tool is answered by a worker, which can be stopped, so that a hard question does not stop the server.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.mcp.case_text import ROOT, case_of_name, cases_text
from lawmodel.service.mcp.entry_text import contested_text, entry_text, facts_text
from lawmodel.service.mcp.tool_answers import DecisionInBrief, about_law, beside_decision, decision
from lawmodel.service.pages.exchange import Supplied
from lawmodel.service.pages.workbench import Workbench
from lawmodel.service.pool import Busy, OutOfTime, WorkerPool, WorkFailed
from lawmodel.version import VERSION

NOTHING: Final = Supplied()
READS_ONLY: Final = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
Case = Annotated[
    dict[str, Any],
    Field(
        description='The facts as a case file has them: {"presume": "ordinary", "facts": {"group": {"fact": value}, '
        '"list": [{"field": value}]}}. With "presume" what is left out is ordinary. lawmodel://facts lists the facts.'
    ),
]
Question = Annotated[str | None, Field(description="A question of the rulebook, if the case speaks to several.")]
Readings = Annotated[dict[str, str] | None, Field(description="From contested readings to their options.")]
On = Annotated[str | None, Field(description="The law of this day, YYYY-MM-DD.")]
Stage = Annotated[str | None, Field(description="As if every bill that had got so far were law.")]
ToldBy = Annotated[str | None, Field(description="Readings and stage as this source tells the law.")]
Names = Annotated[list[str] | None, Field(max_length=100)]


def mcp_server(rulebook: Rulebook, pool: WorkerPool, supplied: Supplied = NOTHING) -> MCPServer[Any]:
    """The server of a rulebook, whose workers answer; ``supplied`` says where the cases are that it shows."""
    server: MCPServer[Any] = MCPServer(
        "lawmodel",
        title=f"lawmodel: {rulebook.title}",
        version=VERSION,
        instructions=_instructions(rulebook),
        log_level="WARNING",
    )

    async def ask(slow: bool, work: Any, *given: Any) -> Any:
        try:
            found = await pool.run(slow, work, *given)
        except ProblemsFound as wrong:
            raise ToolError("\n".join(f"{one.file}: {one.message}. {one.mend}" for one in wrong.problems)) from None
        except Busy:
            raise ToolError("Too many questions wait. Ask again in a moment.") from None
        except OutOfTime as out:
            raise ToolError(f"The question was {out}. Ask a narrower one.") from None
        except WorkFailed:
            raise ToolError("The program failed on this question. It is a defect: please report it.") from None
        return found

    @server.tool(annotations=READS_ONLY)
    async def decide(
        case: Case,
        question: Question = None,
        readings: Readings = None,
        on: On = None,
        stage: Stage = None,
        told_by: ToldBy = None,
    ) -> DecisionInBrief:
        """What is the answer on a case?

        With it: on which readings of contested texts it hangs and what it is if they are read otherwise, what it
        assumes, and what is asked next where it is open. Tell both sides where readings part.
        """
        found: DecisionInBrief = await ask(False, decision, _given(case, question, readings, on, stage, told_by))
        return found

    @server.tool(annotations=READS_ONLY)
    async def why(
        case: Case,
        question: Question = None,
        readings: Readings = None,
        on: On = None,
        stage: Stage = None,
        told_by: ToldBy = None,
    ) -> dict[str, Any]:
        """Which few facts are enough for the answer, whatever else is true?"""
        found: dict[str, Any] = await ask(
            True, beside_decision, "why", _given(case, question, readings, on, stage, told_by)
        )
        return found

    @server.tool(annotations=READS_ONLY)
    async def change(
        case: Case,
        to: Annotated[str, Field(description="The outcome that is wanted, by its id.")],
        question: Question = None,
        readings: Readings = None,
        on: On = None,
        stage: Stage = None,
        told_by: ToldBy = None,
        only: Annotated[Literal["facts", "readings"] | None, Field(description="Change nothing else.")] = None,
    ) -> dict[str, Any]:
        """The least that would have to be otherwise for another outcome."""
        given = _given(case, question, readings, on, stage, told_by)
        found: dict[str, Any] = await ask(
            True, beside_decision, "change", {**given, "to": to, **({"only": only} if only else {})}
        )
        return found

    @server.tool(annotations=READS_ONLY)
    async def compare(
        case: Case,
        by: Annotated[
            Literal["reading", "date", "stage", "telling"], Field(description="What is varied; a telling is a source.")
        ] = "reading",
        question: Question = None,
        readings: Readings = None,
        on: On = None,
        stage: Stage = None,
    ) -> dict[str, Any]:
        """The answer under every reading, on every day, at every stage of the bills, or as each source tells it."""
        given = _given(case, question, readings, on, stage, None)
        found: dict[str, Any] = await ask(True, beside_decision, "compare", {**given, "by": by})
        return found

    @server.tool(annotations=READS_ONLY)
    async def find(
        differ: Annotated[
            Literal["reading", "date", "stage", "telling"] | None,
            Field(description="A case that two of the names decide differently."),
        ] = None,
        names: Annotated[
            Names, Field(description="Of differ: a reading and its options; days; stages; tellings.")
        ] = None,
        outcome: Annotated[str | None, Field(description="A case with this outcome.")] = None,
        grounds: Annotated[Names, Field(description="A case with these grounds.")] = None,
        question: Question = None,
        case: Annotated[dict[str, Any] | None, Field(description="What is given of the case.")] = None,
        readings: Readings = None,
        on: On = None,
        stage: Stage = None,
    ) -> dict[str, Any]:
        """The simplest case that shows something, or the proof that there is none."""
        given = {**_given(case or {}, question, readings, on, stage, None)}
        wanted = {"differ": differ, "names": names, "outcome": outcome, "grounds": grounds}
        found: dict[str, Any] = await ask(
            True, about_law, "find", {**given, **{key: one for key, one in wanted.items() if one}}
        )
        return found

    @server.tool(annotations=READS_ONLY)
    async def prove(properties: Names = None, question: Question = None) -> dict[str, Any]:
        """Properties that the rulebook states of the law: each proved for every case, or refuted by one."""
        given = {"properties": properties, "question": question}
        found: dict[str, Any] = await ask(True, about_law, "prove", {key: one for key, one in given.items() if one})
        return found

    _add_resources(server, rulebook)
    if supplied.scenarios is not None:
        _add_cases(server, Workbench(rulebook, supplied))
    return server


def _add_resources(server: MCPServer[Any], rulebook: Rulebook) -> None:
    @server.resource("lawmodel://law/{name}", mime_type="text/markdown")
    def law(name: str) -> str:
        """A provision, reading, source, fact, instrument or concept: its words, its rule, its sources."""
        try:
            return entry_text(rulebook, name)
        except ProblemsFound as wrong:
            raise ResourceError("; ".join(f"{one.message}. {one.mend}" for one in wrong.problems)) from None

    @server.resource("lawmodel://contested", mime_type="text/markdown")
    def contested() -> str:
        """Every contested reading with who holds what, uncertain dates, and what was looked for and not found."""
        return contested_text(rulebook)

    @server.resource("lawmodel://facts", mime_type="text/markdown")
    def facts() -> str:
        """The facts that a case can state, with their values and questions."""
        return facts_text(rulebook)


def _add_cases(server: MCPServer[Any], workbench: Workbench) -> None:
    @server.resource(ROOT, mime_type="text/markdown")
    def cases() -> str:
        """The supplied cases: the point of each, and its variants."""
        return cases_text(workbench)

    @server.resource(f"{ROOT}/{{+name}}", mime_type="application/json")
    def case(name: str) -> str:
        """A supplied case, as the tools take it."""
        try:
            return case_of_name(workbench, name)
        except ProblemsFound as wrong:
            raise ResourceError("; ".join(f"{one.message}. {one.mend}" for one in wrong.problems)) from None


def _given(
    case: Mapping[str, Any],
    question: str | None,
    readings: Mapping[str, str] | None,
    on: str | None,
    stage: str | None,
    told_by: str | None,
) -> dict[str, Any]:
    """The plain data of a request; what was left out is left out there too."""
    given = {
        "case": dict(case),
        "question": question,
        "readings": readings,
        "on": on,
        "stage": stage,
        "told_by": told_by,
    }
    return {key: one for key, one in given.items() if one}


def _instructions(rulebook: Rulebook) -> str:
    questions = "; ".join(f"`{name}` ({one.asks})" for name, one in rulebook.questions.items())
    return (
        f"Decides cases under this rulebook: {rulebook.title}. Questions: {questions}. Texts are contested: where "
        "readings part, tell every side with its answer, and what the answer assumes. Nothing here is legal advice. "
        "Begin with `decide` on what is known; it says what is asked next. Resources tell what the law says, who reads "
        "it how, and how it was seen; and where there are supplied cases, lawmodel://cases lists them."
    )
