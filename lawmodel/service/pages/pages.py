"""The pages of a workbench, each a function of what is asked: they can be made in any process."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final, TypeAlias

from lawmodel.document import Link
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.rulebook.model import Rulebook
from lawmodel.service.pages.address import MOST, NEW, Address, href, parameters_of, read_address
from lawmodel.service.pages.beside_page import as_it_was
from lawmodel.service.pages.case_page import case_page
from lawmodel.service.pages.catalogue import catalogue
from lawmodel.service.pages.contested_page import BY, contested_page
from lawmodel.service.pages.controls import controls_without_answer
from lawmodel.service.pages.exchange import PageRequest, PageResponse, Supplied
from lawmodel.service.pages.gallery import Gallery
from lawmodel.service.pages.interview_page import SEPARATOR, interview_page, replied
from lawmodel.service.pages.law_page import LawPages
from lawmodel.service.pages.page_templates import PageTemplates, blocks_leading
from lawmodel.service.pages.parting_page import parting_page
from lawmodel.service.pages.practice.practice_pages import PracticePages
from lawmodel.service.pages.sent_case import sent_case
from lawmodel.service.pages.take_away import KINDS, case_file, take_away
from lawmodel.service.pages.verify_page import verify_page
from lawmodel.service.pages.workbench import Workbench
from lawmodel.verbs.turns_on.document import document as weights_document
from lawmodel.verbs.turns_on.turns_on import turns_on

OfCase: TypeAlias = Callable[[PageRequest, Address], PageResponse]
Page: TypeAlias = Callable[[PageRequest], PageResponse]
MOST_KEPT: Final = 64
"""So many pages are kept in a process, of some 150 kB each."""


def respond(rulebook: Rulebook, supplied: Supplied, asked: PageRequest) -> PageResponse:
    """A page, whatever is asked."""
    return _pages(rulebook, supplied).respond(asked)


_LATEST: Final[list[Pages]] = []
"""The pages of the rulebook that this process has at hand."""


def _pages(rulebook: Rulebook, supplied: Supplied) -> Pages:
    """The pages of a rulebook, made once."""
    for made in _LATEST:
        if made.workbench.rulebook is rulebook and made.workbench.supplied == supplied:
            return made
    _LATEST[:] = [Pages(Workbench(rulebook, supplied))]
    return _LATEST[0]


class Pages:
    """The pages of one workbench."""

    def __init__(self, workbench: Workbench) -> None:
        self.workbench = workbench
        self.gallery = Gallery(workbench)
        self.law = LawPages(workbench)
        self.practice = PracticePages(workbench)
        self._lately: dict[tuple[PageRequest, datetime.date], PageResponse] = {}
        self._rendered = PageTemplates(workbench, self.law.names)
        self.of_case: Mapping[str, OfCase] = {
            "cases": self._case,
            "contested": self._contested,
            "beside": self._beside,
            "interview": self._interview,
            "take": self._take,
            "weights": self._weights,
        }
        self.others: Mapping[str, Page] = {
            "law": self._law,
            "parting": self._parting,
            "practise": self._practise,
            "progress": self._progress,
            "upload": self._upload,
            "verify": self._verify,
        }

    def respond(self, asked: PageRequest) -> PageResponse:
        """The page that is asked for, or what is wrong with its address; pages asked for lately are at hand."""
        if asked.content or asked.sent:  # what somebody sends is not kept
            return self._made(asked)
        key = asked, datetime.date.today()  # an answer under the law of today is another tomorrow
        if key not in self._lately:
            made = self._made(asked)
            while len(self._lately) >= MOST_KEPT:
                self._lately.pop(next(iter(self._lately)), None)
            self._lately[key] = made
        return self._lately[key]

    def _made(self, asked: PageRequest) -> PageResponse:
        if asked.view == "cases" and not asked.name:
            return self._page(
                asked,
                "gallery.html",
                self.gallery.page(asked.value("search"), asked.value("question"), bool(asked.value("all"))),
            )
        if asked.view == "take" and asked.content:
            return self._sent(asked)
        if asked.view in self.others:
            return self.others[asked.view](asked)
        if asked.view not in self.of_case:
            return self._problem(asked, 404, "not_found")
        base = self.workbench.case(asked.name)
        if base is None:
            return self._problem(asked, 404, "no_case")
        address = read_address(self.workbench.rulebook, asked.name, base, asked.query)
        if len(href(self.workbench.rulebook, address)) > MOST:
            case = case_file(self.workbench.rulebook, address, self.workbench.question(address))
            return self._page(asked, "problem.html", {"name": "too_long", "content": case}, 414)
        try:
            return self.of_case[asked.view](asked, address)
        except ProblemsFound as found:
            return self._contradiction(asked, address, found.problems)

    # -- pages

    def _case(self, asked: PageRequest, address: Address) -> PageResponse:
        name = asked.value("law")
        beside = self.law.beside(name) if name in self.law.names else None
        further = {"law": name} if beside is not None else {}
        canonical = href(self.workbench.rulebook, address, further=further)
        if not address.mistakes and asked.asked != canonical:
            return PageResponse("", 303, location=canonical)

        def to(link: Link) -> str | None:
            """An entry of the law is opened beside the case."""
            known = link.kind in ("law", "source") and link.to in self.law.names
            return f"{href(self.workbench.rulebook, address, further={'law': link.to})}#law" if known else None

        page = {
            "address": address,
            "beside": beside,
            "beside_name": name,
            "blocks_beside": partial(blocks_leading, to),
            **case_page(self.workbench, address),
        }
        return self._page(asked, "case.html", page)

    def _contested(self, asked: PageRequest, address: Address) -> PageResponse:
        by = next((one for one in BY if one == asked.value("by")), BY[0])
        page = contested_page(self.workbench, address, by, asked.all("pick")[:2])
        parameters = parameters_of(self.workbench.rulebook, address)
        return self._page(asked, "contested.html", {"address": address, "parameters": parameters, **page})

    def _beside(self, asked: PageRequest, address: Address) -> PageResponse:
        t = catalogue(asked.language)
        page = as_it_was(self.workbench, address, (t("beside.was"), t("beside.now")))
        return self._page(asked, "beside.html", page)

    def _interview(self, asked: PageRequest, address: Address) -> PageResponse:
        rulebook = self.workbench.rulebook
        before = [one for one in asked.value("asked", MOST).split(SEPARATOR) if one]
        mistake = ""
        if asked.value("reply"):
            then, mistake = replied(rulebook, address, before, asked.values)
            if not mistake:
                return PageResponse("", 303, location=then)
        page = interview_page(self.workbench, address, before)
        parameters = {**parameters_of(rulebook, address), **({"asked": SEPARATOR.join(before)} if before else {})}
        return self._page(
            asked, "interview.html", {"address": address, "parameters": parameters, "mistake": mistake, **page}
        )

    def _law(self, asked: PageRequest) -> PageResponse:
        page, status = self.law.page(asked)
        return self._page(asked, "law.html", page, status, page["kept"])

    def _parting(self, asked: PageRequest) -> PageResponse:
        rulebook, question, number = self.workbench.rulebook, asked.value("question"), asked.value("number", 2)
        if asked.name not in rulebook.readings or question not in rulebook.questions:
            return self._problem(asked, 404, "not_found")
        page = parting_page(self.workbench, asked.name, question, int(number) if number.isdecimal() else 0)
        return self._page(asked, "parting.html", page)

    def _practise(self, asked: PageRequest) -> PageResponse:
        page = self.practice.page(asked)
        if page.location:
            return PageResponse("", page.status, location=page.location)
        if page.values is None:
            return self._problem(asked, page.status, "not_found")
        return replace(self._page(asked, page.template, page.values, page.status), then=page.then)

    def _progress(self, asked: PageRequest) -> PageResponse:
        page = self.practice.progress(asked)
        return self._page(asked, page.template, page.values or {}, page.status)

    def _take(self, asked: PageRequest, address: Address) -> PageResponse:
        if asked.value("as") not in KINDS:
            return self._problem(asked, 404, "not_found")
        return take_away(self.workbench, address, asked.value("as"))

    def _sent(self, asked: PageRequest) -> PageResponse:
        try:
            return sent_case(self.workbench, asked)
        except ProblemsFound as found:
            from lawmodel.service.pages.upload import with_problems

            return self._page(asked, "upload.html", with_problems(asked.content, found.problems), 422)

    def _upload(self, asked: PageRequest) -> PageResponse:
        from lawmodel.service.pages.upload import uploaded, with_problems  # reads rules, which no other page does

        page = (
            uploaded(self.workbench.rulebook, self.workbench.supplied.rules, asked.content, asked.language)
            if asked.content
            else with_problems("", ())
        )
        if len(page["cases"]) == 1 and page["cases"][0].href:
            return PageResponse("", 303, location=page["cases"][0].href)
        return self._page(asked, "upload.html", page, 422 if page["problems"] else 200)

    def _verify(self, asked: PageRequest) -> PageResponse:
        page = verify_page(self.workbench, asked.content)
        return self._page(asked, "verify.html", page, 422 if page["problems"] else 200)

    def _weights(self, asked: PageRequest, address: Address) -> PageResponse:
        rulebook, question = self.workbench.rulebook, self.workbench.question(address)
        weights = turns_on(rulebook, address.case, question, **self.workbench.law_asked(address))
        page = {
            "address": address,
            "title": address.case.title,
            "asks": rulebook.questions[question].asks,
            "told": weights_document(weights).blocks,
            "back": href(rulebook, address),
        }
        return self._page(asked, "weights.html", page)

    # -- what they are made with

    def _page(
        self,
        asked: PageRequest,
        template: str,
        values: Mapping[str, Any],
        status: int = 200,
        kept: Mapping[str, str] | None = None,
    ) -> PageResponse:
        return PageResponse(self._rendered.page(asked, template, values, kept), status)

    def _problem(self, asked: PageRequest, status: int, name: str) -> PageResponse:
        return self._page(asked, "problem.html", {"name": name, "content": ""}, status)

    def _contradiction(self, asked: PageRequest, address: Address, problems: Iterable[Problem]) -> PageResponse:
        """A case to which there is no answer: nothing that was said of it is gone, so that it can be put right."""
        rulebook, question = self.workbench.rulebook, self.workbench.question(address)
        # the facts are those of the controls
        said = replace(address, case=replace(address.base, presume=address.case.presume, title=address.case.title))
        page = {
            "title": address.case.title or address.base.title,
            "question": question,
            "address": address,
            "new": NEW,
            "problems": list(problems),
            "controls": controls_without_answer(self.workbench.readers, rulebook, question, address),
            "kept": parameters_of(rulebook, said),
        }
        return self._page(asked, "contradiction.html", page)
