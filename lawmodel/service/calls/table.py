"""All calls, by name: what is given to each, how it is answered, and what its JSON is called.

A call and what it needs is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lawmodel.commands.json_output import VERSION, Schema
from lawmodel.results.encoder import encode
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.schemas import RESULTS

if TYPE_CHECKING:
    from lawmodel.service.calls.request import Request


class Call(NamedTuple):
    """One call."""

    name: str
    says: str
    """What it answers, in a line."""
    module: str
    request_class: str
    schemas: tuple[Schema, ...]
    """What its results are called."""
    slow: bool
    """Whether it can take long: such calls leave room for the others."""

    @property
    def request(self) -> type[Request]:
        """The model of what is given."""
        found: type[Request] = getattr(import_module(self.module), self.request_class)
        return found

    def answer(self, rulebook: Rulebook, request: Request) -> object:
        """The result, a dataclass of one of the schemas; raises `ProblemsFound`."""
        found: object = import_module(self.module).answer(rulebook, request)
        return found


def _call(name: str, request_class: str, says: str, *schemas: Schema, slow: bool = False) -> Call:
    return Call(name, says, f"lawmodel.service.calls.{name.replace('-', '_')}", request_class, schemas, slow)


CALLS: Final[Mapping[str, Call]] = {
    call.name: call
    for call in (
        _call("decide", "DecideRequest", "What is the answer on a case, and why?", Schema.ANSWER),
        _call(
            "whatif", "WhatIfRequest", "What if a fact were otherwise? Both answers, and what changed.", Schema.WHATIF
        ),
        _call(
            "why",
            "WhyRequest",
            "Which few facts are enough for the answer, whatever else is true?",
            Schema.WHY,
            slow=True,
        ),
        _call("why-not", "WhyNotRequest", "What stands in the way of another outcome?", Schema.WHY_NOT, slow=True),
        _call(
            "change",
            "ChangeRequest",
            "The least that would have to be otherwise for another outcome.",
            Schema.CHANGE,
            slow=True,
        ),
        _call("turns-on", "TurnsOnRequest", "How much does each open point weigh?", Schema.WEIGHTS, slow=True),
        _call(
            "compare",
            "CompareRequest",
            "The answer under every reading, day, stage or telling that matters, in the fewest rows.",
            Schema.COMPARISON_BY_READING,
            Schema.COMPARISON_BY_DATE,
            Schema.COMPARISON_BY_STAGE,
            Schema.COMPARISON_BY_TELLING,
            slow=True,
        ),
        _call(
            "find",
            "FindRequest",
            "The simplest case that shows something, or the proof that there is none.",
            Schema.FOUND,
            slow=True,
        ),
        _call(
            "prove",
            "ProveRequest",
            "Properties of the law: each proved for every case, or refuted by the simplest one.",
            Schema.PROOFS,
            slow=True,
        ),
        _call(
            "interview",
            "InterviewRequest",
            "A step of an interview: what can still change the answer, the most decisive question first.",
            Schema.INTERVIEW,
        ),
        _call(
            "receipt", "ReceiptRequest", "An answer with all that it is a function of, to be checked.", Schema.RECEIPT
        ),
        _call("verify", "VerifyRequest", "Is the answer of a receipt still the answer?", Schema.VERIFICATION),
        _call(
            "law",
            "LawRequest",
            "The rulebook: at a glance, an entry of it, all that is contested, or a search in its texts.",
            Schema.LAW,
            Schema.LAW_ENTRIES,
            Schema.LAW_CONTESTED,
            Schema.LAW_SEARCH,
        ),
    )
}
_NAMES: Final = {where: schema for schema, where in RESULTS.items()}


def answer(rulebook: Rulebook, call: str, plain: object) -> object:
    """The result of a call, from plain data; raises `ProblemsFound`, whose files are JSON pointers into the data."""
    from lawmodel.service.calls.request import request_of  # brings pydantic, which the server itself does not need

    asked = CALLS[call]
    return asked.answer(rulebook, request_of(asked.request, plain))


def schema_named(result: object) -> Schema:
    """What the JSON of a result is called."""
    return _NAMES[f"{type(result).__module__}:{type(result).__qualname__}"]


def as_json(result: object, *, brief: bool = False) -> dict[str, Any]:
    """A result as plain data, as the command line writes it with ``--json``."""
    return {"schema": schema_named(result).value, "version": VERSION, **encode(result, brief=brief)}
