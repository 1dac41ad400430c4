"""A receipt verified: its own hashes first, then the answer, worked out anew, then what other engines said of it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path

from lawmodel.answer.answer import Answer
from lawmodel.answer.receipt import DerivedAgain, EngineCheck, Receipt, ReceivedAnswer, SolvedAgain, receipt_of
from lawmodel.dataclass import dataclass
from lawmodel.inquiry.ask import Ask
from lawmodel.inquiry.decide import answer_to
from lawmodel.inquiry.receipts import engine_checks
from lawmodel.problems import ProblemsFound
from lawmodel.results.header import NAME, ProgramUsed, RulebookUsed
from lawmodel.rulebook.load import hash_of_files, load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.verify.receipt_file import ReceiptFile, read_receipt
from lawmodel.verbs.verify.verification import ChangedFile, RepeatedCheck, Verdict, Verification
from lawmodel.version import VERSION
from lawmodel.words.outcomes import predicates, subject


@dataclass(frozen=True, slots=True)
class KnownLaw:
    """The rulebook at hand, and where others are."""

    rulebook: Rulebook
    places: tuple[Path, ...] = ()
    """The folders and files that it was read from."""
    editions: tuple[Path, ...] = ()
    """Folders of other rulebooks, earlier editions of it among them."""
    by_editions: bool = True
    """Whether a receipt of one of them is held against that; otherwise always against the rulebook at hand."""
    tells_places: bool = True
    """Whether folders are told with their paths, and not by their names alone."""
    hashes: dict[Path, str] = field(default_factory=dict)

    def edition(self, sha256: str) -> Path | None:
        """The folder of the other rulebook that has a hash."""
        for folder in self.editions:
            if folder not in self.hashes:
                self.hashes[folder] = hash_of_files(folder)
            if self.hashes[folder] == sha256:
                return folder
        return None


def verify(law: KnownLaw | Rulebook, text: str, file: str = "receipt.json") -> Verification:
    """What becomes of the answer of a receipt; raises `ProblemsFound` where it is none.

    It is decided anew by the rulebook of the receipt, if that is at hand; else by the one that is.
    """
    known = KnownLaw(law) if isinstance(law, Rulebook) else law
    given = read_receipt(text, file)
    altered = tuple(given.altered())
    wanted = given.receipt.rulebook.sha256
    edition = None if wanted == known.rulebook.content_hash else known.edition(wanted)
    by_edition = edition is not None and known.by_editions and not altered
    rulebook = load_rulebook(edition) if edition is not None and by_edition else known.rulebook
    same_rules = wanted == rulebook.content_hash
    decided = _Decided() if altered else _decided(given, rulebook, same_rules)
    made, receipt = decided.receipt, given.receipt
    verdict = _verdict(altered, receipt, made, same_rules)
    return Verification(
        file=file,
        verdict=verdict,
        altered=altered,
        same_rules=same_rules,
        edition=_told(known, edition) if by_edition else None,
        changed_files=tuple(_changed(receipt.rulebook.files, rulebook.file_hashes)),
        same_program=receipt.program.version == VERSION,
        receipt_program=receipt.program,
        program=ProgramUsed(NAME, VERSION),
        receipt_rulebook=RulebookUsed(
            receipt.rulebook.title, receipt.rulebook.version, receipt.rulebook.sha256, receipt.rulebook.as_of
        ),
        rulebook=RulebookUsed.of(rulebook),
        question=receipt.asked.question,
        before=receipt.answer,
        now=None if made is None else made.answer,
        says_before=_says(rulebook, receipt.asked.question, receipt.answer),
        says_now="" if made is None else _says(rulebook, receipt.asked.question, made.answer),
        problems=decided.problems,
        checks=tuple(_repeated(receipt, decided)) if verdict.startswith("same answer") and same_rules else (),
        what_changed=None if same_rules or altered else _what_changed(known, edition, receipt.asked.question),
    )


def _told(known: KnownLaw, edition: Path | None) -> str | None:
    """The folder of an edition, as it may be told."""
    return None if edition is None else str(edition) if known.tells_places else edition.name


@dataclass(frozen=True, slots=True)
class _Decided:
    """The answer to what a receipt asks, by a rulebook, or why there is none."""

    ask: Ask | None = None
    answer: Answer | None = None
    receipt: Receipt | None = None
    problems: tuple[str, ...] = ()


def _decided(given: ReceiptFile, rulebook: Rulebook, same_rules: bool) -> _Decided:
    """Raises `ProblemsFound` where the case means nothing to the very rulebook that the receipt names."""
    asked, on = given.receipt.asked, given.day()
    try:
        given.raise_unless_asked_of(rulebook)
        case = given.case(rulebook)
        ask = Ask(
            rulebook,
            case,
            asked.question,
            readings=asked.readings,
            on=on,
            stage=asked.stage,
            told_by=asked.told_by,
        )
        answer = answer_to(ask)
    except ProblemsFound as found:
        if same_rules:
            raise ProblemsFound([given.placed(one) for one in found.problems]) from None
        return _Decided(problems=tuple(f"{one.message}. {one.mend}" for one in found.problems))
    return _Decided(ask, answer, receipt_of(answer, on))


def _verdict(altered: tuple[str, ...], given: Receipt, made: Receipt | None, same_rules: bool) -> Verdict:
    if altered:
        return "altered"
    if made is None or made.answer.sha256 != given.answer.sha256:
        return "another answer, same rules" if same_rules else "another answer, other rules"
    if not same_rules:
        return "same answer, other rules"
    return "same answer, same rules" if made.trace == given.trace else "same answer, other words"


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


def _what_changed(known: KnownLaw, edition: Path | None, question: str) -> str:
    """The command that compares the two rulebooks; OLD or NEW stands where nobody knows the place of one."""
    old = "OLD" if edition is None else str(edition)
    new = str(known.places[0]) if len(known.places) == 1 else "NEW"
    return shlex.join(("lawmodel", "diff", "rules", old, new, "--question", question))


def _repeated(given: Receipt, decided: _Decided) -> Iterator[RepeatedCheck]:
    """What each engine says now of what it said then; only if one is named is any asked."""
    if decided.ask is None or decided.answer is None or not given.checks:
        return
    now = tuple(engine_checks(decided.ask, decided.answer))
    for then in given.checks:
        again = [one for one in now if _asked(one) == _asked(then)]
        if again:
            same = all(_said(one) == _said(then) for one in again)
            yield RepeatedCheck(then, "the same" if same else "otherwise")
        elif isinstance(then, DerivedAgain):
            yield RepeatedCheck(then, "not checked", decided.answer.without or "it is not installed")
        else:
            yield RepeatedCheck(then, "not checked", "z3 has not settled it")


def _asked(one: EngineCheck) -> tuple[str, str]:
    """Which engine, and what it was asked."""
    return one.engine, one.of if isinstance(one, SolvedAgain) else ""


def _said(one: EngineCheck) -> object:
    """What it said; which release of it that was, and how it went about it, makes no difference."""
    return one.verdict if isinstance(one, SolvedAgain) else one.agrees
