"""A case and its answer as files: the case, the page as a document, data."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

from lawmodel.answer.answer import Answer
from lawmodel.answer.cited import citation_of
from lawmodel.answer.receipt import receipt_of
from lawmodel.case.plain import plain_case
from lawmodel.case.writing import case_text
from lawmodel.commands.json_output import Schema, json_line
from lawmodel.document import Document
from lawmodel.documents.answer import document
from lawmodel.inquiry.receipts import checked_receipt
from lawmodel.render.formats import docx, html, markdown
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.pages.address import Address
from lawmodel.service.pages.exchange import PageResponse
from lawmodel.service.pages.workbench import Workbench
from lawmodel.verbs.report.document import document as report_document
from lawmodel.verbs.report.report import report
from lawmodel.words.citations import CitationForm, cited_answer

KINDS: Final = ("yaml", "html", "md", "docx", "json", "receipt", "bibtex", "csl-json")
"""What a case and its answer can be taken away as."""
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS: Final = {"receipt": "receipt.json", "bibtex": "bib", "csl-json": "csl.json"}
"""Of files whose kind is not their ending."""


def take_away(workbench: Workbench, address: Address, kind: str) -> PageResponse:
    """A file of one of the kinds; raises `ProblemsFound` where the facts contradict each other."""
    rulebook, answer = workbench.rulebook, workbench.decide(address)
    name = f"{address.name.rpartition('/')[2].replace('@', '-')}-{answer.question}.{ENDINGS.get(kind, kind)}"
    match kind:
        case "yaml":
            return PageResponse(case_file(rulebook, address, answer.question), media_type="application/yaml", file=name)
        case "html":
            return PageResponse(html.render(document([answer], pictures=True)), file=name)
        case "md":
            return PageResponse(
                markdown.render(document([answer], pictures=True)), media_type="text/markdown", file=name
            )
        case "docx":
            return PageResponse("", media_type=WORD, file=name, content=docx.render(memorandum(address, answer)))
        case "json":
            text = json.dumps(answer.to_json(), ensure_ascii=False, indent=2) + "\n"
            return PageResponse(text, media_type="application/json", file=name)
        case "receipt":
            text = json_line(Schema.RECEIPT, checked_receipt(workbench.ask(address), address.on).to_json()) + "\n"
            return PageResponse(text, media_type="application/json", file=name)
        case "bibtex":
            return PageResponse(
                citation(answer, address, "bibtex") + "\n", media_type="application/x-bibtex", file=name
            )
        case "csl-json":
            text = citation(answer, address, "csl-json") + "\n"
            return PageResponse(text, media_type="application/vnd.citationstyles.csl+json", file=name)
        case _:
            raise ValueError(f"{kind} is none of {KINDS}")


def memorandum(address: Address, answer: Answer) -> Document:
    """The answer as a memorandum."""
    made = report(
        answer.rulebook,
        address.case,
        answer.question,
        readings=address.readings,
        on=address.on,
        stage=address.stage or None,
        told_by=address.told_by or None,
    )
    return report_document(made)


def citation(answer: Answer, address: Address, form: CitationForm) -> str:
    """The answer, cited; empty where no file holds the rulebook."""
    if not answer.rulebook.content_hash:
        return ""
    return cited_answer(citation_of(answer, receipt_of(answer, address.on)), form)


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
