"""What became of a receipt, as a document."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.answer.receipt import ReceivedAnswer
from lawmodel.document import (
    Block,
    Column,
    Document,
    Fold,
    Item,
    Items,
    Note,
    Paragraph,
    Table,
    Text,
    Verdict,
    identifier,
    strong,
    text,
)
from lawmodel.problems import listed
from lawmodel.results.header import RulebookUsed
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.verify.verification import Verification
from lawmodel.words.citations import short
from lawmodel.words.counts import count

MOST_FILES = 8


def document(rulebook: Rulebook, found: Verification) -> Document:
    """The verdict, both answers where they differ, and what differs of the rules and the program."""
    return Document(text(found.file), tuple(_blocks(rulebook, found)))


def _blocks(rulebook: Rulebook, found: Verification) -> Iterator[Block]:
    yield Verdict(text(strong(f"{found.verdict[:1].upper()}{found.verdict[1:]}")))
    if found.altered:
        yield Paragraph(
            text(f"What it holds is not what its hashes are of: {listed(found.altered)}. Nothing was decided.")
        )
        return
    for problem in found.problems:
        yield Note(text(f"By this rulebook the case cannot be decided: {problem}"), "error")
    if found.is_same:
        yield Paragraph(text(f"{found.says_before}."))
    else:
        yield Table((Column(), Column("Receipt"), Column("Now")), tuple(_rows(rulebook, found)))
    if found.verdict == "another answer, same rules":
        yield Note(text(_of_the_program(found)), "error")
    if found.verdict == "same answer, other words":
        yield Paragraph(text("Only sentences or steps are told otherwise."))
    yield from _rules(rulebook, found)
    yield from _checks(found)


def _of_the_program(found: Verification) -> str:
    then, now = found.receipt_program.version, found.program.version
    if found.same_program:
        return (
            f"The rules are the same, and so is the version of the program ({now}). Either somebody has written the "
            "receipt anew with other values, or the program is wrong: then please report it."
        )
    return f"The rules are the same: it is the program that differs ({then} then, {now} now). Please report it."


def _rows(rulebook: Rulebook, found: Verification) -> Iterator[tuple[Text, ...]]:
    """The answer on both sides, and everything else of it that differs."""
    then, now = found.before, found.now
    yield text("answer"), text(strong(found.says_before)), text(strong(found.says_now or "none"))
    yield text("grounds"), text(_grounds(rulebook, then)), text(_grounds(rulebook, now))
    if now is None:
        return
    for says, before, after in (
        ("turns on", _groups(then), _groups(now)),
        ("rests on", ", ".join(then.rests_on), ", ".join(now.rests_on)),
        ("besides", ", ".join(then.consequences), ", ".join(now.consequences)),
        ("uncertain dates", "; ".join(then.uncertain_dates), "; ".join(now.uncertain_dates)),
    ):
        if before != after:
            yield text(says), text(before or "nothing"), text(after or "nothing")


def _groups(answer: ReceivedAnswer) -> str:
    return ", ".join(" with ".join(group) for group in answer.turns_on)


def _rules(rulebook: Rulebook, found: Verification) -> Iterator[Block]:
    if found.edition is not None:
        own = f"Decided by the rulebook of the receipt, {_named(found.rulebook)}, in "
        yield Paragraph(text(own, identifier(found.edition), "."))
        yield Paragraph(text(f"The rulebook at hand is another: {_named(RulebookUsed.of(rulebook))}."))
    if found.same_rules:
        return
    items = tuple(Item(text(identifier(one.name), f": {one.change}")) for one in found.changed_files)
    says = f"{count(len(items), 'file')} of the rulebook {'differs' if len(items) == 1 else 'differ'}"
    yield Paragraph(text(f"{says}: {_named(found.receipt_rulebook)} then, {_named(found.rulebook)} now."))
    yield Items(items) if len(items) <= MOST_FILES else Fold(text(says), (Items(items),))
    if found.what_changed is not None and not found.is_same:
        yield Paragraph(text("What changed in the law: ", identifier(found.what_changed)))


def _named(rulebook: RulebookUsed) -> str:
    """A rulebook by its version and its hash."""
    version = f"version {rulebook.version}, " if rulebook.version else ""
    return f"{version}sha256:{short(rulebook.sha256 or '')}"


def _checks(found: Verification) -> Iterator[Block]:
    """What other engines say again, what they say otherwise, and what could not be asked."""
    again = [one.says for one in found.checks if one.found == "the same"]
    if again:
        yield Paragraph(text(f"Checked again, with the same result: {listed(again)}."))
    for one in found.checks:
        if one.found == "otherwise":
            what = f"{one.says} finds otherwise than the receipt says."
            yield Note(text(f"{what} This is a defect of the program: please report it."), "error")
        elif one.found == "not checked":
            yield Paragraph(text(f"Not checked: {one.says} ({one.why})."))


def _grounds(rulebook: Rulebook, answer: ReceivedAnswer | None) -> str:
    if answer is None:
        return "none"
    named = (rulebook.provisions[name].citation if name in rulebook.provisions else name for name in answer.grounds)
    return "; ".join(dict.fromkeys(named)) or "none"
