"""A receipt verified: its own hashes first, then the answer, worked out anew."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from lawmodel.answer.answer import Answer
from lawmodel.answer.receipt import FORM, Receipt, ReceivedAnswer, hash_of_content, receipt_of
from lawmodel.case.file import parse_cases
from lawmodel.case.values import NotAValue, parse_day
from lawmodel.case.writing import case_text
from lawmodel.inquiry.decide import decide
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.results.encoder import encode
from lawmodel.results.header import ProgramUsed, RulebookUsed, hash_of
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.rule_files import content_hash
from lawmodel.verbs.verify.verification import ChangedFile, Verdict, Verification
from lawmodel.words.outcomes import predicates, subject

MOST_BYTES: Final = 2_000_000
"""Of a receipt."""


def verify(rulebook: Rulebook, text: str, file: str = "receipt.json") -> Verification:
    """What becomes of the answer of a receipt under a rulebook; raises `ProblemsFound` where it is no receipt."""
    plain = _read(text, file)
    given = _Given(plain, file)
    altered = tuple(given.altered())
    now: Answer | None = None
    problems: tuple[str, ...] = ()
    if not altered:
        try:
            now = given.decided(rulebook)
        except ProblemsFound as found:
            problems = tuple(f"{one.message}. {one.mend}" for one in found.problems)
    made = None if now is None else receipt_of(now, given.on)
    return Verification(
        file=file,
        verdict=_verdict(altered, given, made),
        altered=altered,
        same_rules=given.rulebook.sha256 == (rulebook.content_hash or None),
        changed_files=tuple(_changed(given.files, rulebook.file_hashes)),
        same_program=given.program == ProgramUsed(given.program.name, _version()),
        receipt_program=given.program,
        program=ProgramUsed(given.program.name, _version()),
        receipt_rulebook=given.rulebook,
        rulebook=RulebookUsed.of(rulebook),
        question=given.question,
        before=given.answer,
        now=None if made is None else made.answer,
        says_before=_says(rulebook, given.question, given.answer),
        says_now="" if made is None else _says(rulebook, given.question, made.answer),
        problems=problems,
        not_checked=() if made is None else tuple(one for one in given.engines if one not in made.engines),
    )


def _version() -> str:
    from lawmodel.version import VERSION

    return VERSION


def _verdict(altered: tuple[str, ...], given: _Given, made: Receipt | None) -> Verdict:
    if altered:
        return "altered"
    if made is None or made.answer_sha256 != given.plain["answer_sha256"]:
        return "another answer"
    return "same answer" if made.words_sha256 == given.plain["words_sha256"] else "same answer, other words"


def _says(rulebook: Rulebook, question: str, answer: ReceivedAnswer) -> str:
    """The outcome in words, by its id where this rulebook has none of it."""
    known = rulebook.questions.get(question)
    if known is None or any(name not in {one.id for one in known.outcomes} for name in answer.possible):
        return answer.outcome or " or ".join(answer.possible)
    about = subject(rulebook, question).rstrip(",")
    return f"{about}{'' if answer.outcome else ': it depends:'} {predicates(rulebook, question, answer.possible)}"


def _changed(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[ChangedFile]:
    for name in sorted({*then, *now}):
        if name not in now:
            yield ChangedFile(name, "gone")
        elif name not in then:
            yield ChangedFile(name, "added")
        elif then[name] != now[name]:
            yield ChangedFile(name, "changed")


# --- what a receipt says ---------------------------------------------------------------------------------


def _read(text: str, file: str) -> dict[str, Any]:
    """The object in a text; raises `ProblemsFound`."""
    if len(text) > MOST_BYTES:
        raise ProblemsFound([Problem(f"a receipt has at most {MOST_BYTES:,} characters", "Name a receipt.", file)])
    try:
        plain = json.loads(text, object_pairs_hook=_once, parse_float=_no_float, parse_constant=_no_float)
        json.dumps(plain, ensure_ascii=False).encode()  # half of a character can be written as an escape
    except json.JSONDecodeError as error:
        mend = "Name a file that `lawmodel decide --receipt FILE` wrote."
        raise ProblemsFound([Problem(f"this is no JSON: {error.msg}", mend, file, error.lineno, error.colno)]) from None
    except (ValueError, RecursionError) as error:
        mend = "Name a file that `lawmodel decide --receipt FILE` wrote."
        raise ProblemsFound([Problem(f"this is no receipt: {error}", mend, file)]) from None
    if not isinstance(plain, dict) or plain.get("receipt") != FORM:
        mend = "Name a file that `lawmodel decide --receipt FILE` wrote."
        raise ProblemsFound([Problem(f"this is no receipt of form {FORM}", mend, file)])
    return plain


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _no_float(written: str) -> Any:
    raise ValueError(f"{written} is no whole number")


class _Given:
    """The parts of a receipt, each of its type; raises `ProblemsFound` for what is none."""

    def __init__(self, plain: dict[str, Any], file: str) -> None:
        self.plain, self._file = plain, file
        rulebook, asked, case = (self._part(dict[str, Any], name) for name in ("rulebook", "asked", "case"))
        self.program = self._of(ProgramUsed, plain.get("program"), "program")
        self.files = self._of(dict[str, str], rulebook.get("files"), "rulebook.files")
        self.rulebook = RulebookUsed(
            self._of(str, rulebook.get("title"), "rulebook.title"),
            self._of(str | None, rulebook.get("version"), "rulebook.version"),
            self._of(str | None, rulebook.get("sha256"), "rulebook.sha256"),
            self._of(str | None, rulebook.get("as_of"), "rulebook.as_of"),
        )
        self.content = self._of(dict[str, Any], case.get("content"), "case.content")
        self.case_hash = self._of(str, case.get("sha256"), "case.sha256")
        self.title = self._of(str, case.get("title"), "case.title")
        self.question = self._of(str, asked.get("question"), "asked.question")
        self.stage = self._of(str, asked.get("stage"), "asked.stage")
        self.told_by = self._of(str | None, asked.get("told_by"), "asked.told_by")
        self.readings = self._of(dict[str, str], asked.get("readings"), "asked.readings")
        self.on = self._day(self._of(str | None, asked.get("on"), "asked.on"))
        self.answer = self._of(ReceivedAnswer, plain.get("answer"), "answer")
        self.engines = self._of(tuple[str, ...], plain.get("engines", []), "engines")
        for name in ("answer_sha256", "words_sha256", "sha256"):
            self._of(str, plain.get(name), name)

    def _part(self, kind: Any, name: str) -> Any:
        return self._of(kind, self.plain.get(name), name)

    def _of(self, kind: Any, value: object, name: str) -> Any:
        try:
            return TypeAdapter(kind).validate_python(value)
        except ValidationError:
            message = f"`{name}` is missing, or is not what a receipt has there"
            raise ProblemsFound([Problem(message, "Name a receipt as it was written.", self._file)]) from None

    def _day(self, text: str | None) -> datetime.date | None:
        try:
            return None if text is None else parse_day(text)
        except NotAValue as wrong:
            raise ProblemsFound([Problem(wrong.message, wrong.mend, self._file)]) from None

    def altered(self) -> Iterator[str]:
        """The parts that are not what their hash says."""
        if hash_of(self.content) != self.case_hash:
            yield "case"
        if self.rulebook.sha256 != content_hash(dict(sorted(self.files.items()))):
            yield "rulebook"
        if hash_of(encode(self.answer)) != self.plain["answer_sha256"]:
            yield "answer"
        if hash_of_content(self.plain) != self.plain["sha256"]:
            yield "receipt"

    def decided(self, rulebook: Rulebook) -> Answer:
        """The answer to what was asked, by a rulebook; raises `ProblemsFound`."""
        case = parse_cases(rulebook, case_text({"title": self.title, **self.content}), self._file)[0]
        if self.question not in rulebook.questions:
            raise ProblemsFound(
                [
                    Problem(
                        f"there is no question `{self.question}` here", "Use the rulebook of the receipt.", self._file
                    )
                ]
            )
        return decide(
            rulebook,
            case,
            self.question,
            readings=self.readings,
            on=self.on,
            stage=self.stage,
            told_by=self.told_by,
        )
