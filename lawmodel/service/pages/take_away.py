"""A case and its answer as files: the case, the page as a document, data."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

from lawmodel.answer.answer import Answer
from lawmodel.case.plain import plain_case
from lawmodel.case.writing import case_text
from lawmodel.documents.answer import document
from lawmodel.render.formats import html, markdown
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.pages.address import Address
from lawmodel.service.pages.exchange import PageResponse

KINDS: Final = ("yaml", "html", "md", "json")
"""What a case can be taken away as, by the ending of the file."""


def take_away(rulebook: Rulebook, address: Address, answer: Answer, kind: str) -> PageResponse:
    """A file of one of the kinds."""
    name = f"{address.name.rpartition('/')[2].replace('@', '-')}-{answer.question}.{kind}"
    match kind:
        case "yaml":
            return PageResponse(case_file(rulebook, address, answer.question), media_type="application/yaml", file=name)
        case "html":
            return PageResponse(html.render(document([answer], pictures=True)), file=name)
        case "md":
            return PageResponse(
                markdown.render(document([answer], pictures=True)), media_type="text/markdown", file=name
            )
        case "json":
            text = json.dumps(answer.to_json(), ensure_ascii=False, indent=2) + "\n"
            return PageResponse(text, media_type="application/json", file=name)
        case _:
            raise ValueError(f"{kind} is none of {KINDS}")


def case_file(rulebook: Rulebook, address: Address, question: str) -> str:
    """The case as a case file, with the readings and the law under which it is asked."""
    case = replace(
        address.case,
        questions=(question,),
        readings={**address.case.readings, **address.readings},
        on=address.on or address.case.on,
        stage=address.stage or address.case.stage,
    )
    return case_text(plain_case(rulebook, case))
