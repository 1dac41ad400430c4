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
from lawmodel.rulebook.model import Rulebook
from lawmodel.verbs.verify.verification import Verification
from lawmodel.words.counts import count

SENTENCES = {
    "same answer": "Same answer",
    "same answer, other words": "Same answer, other words",
    "another answer": "Another answer",
    "altered": "Altered",
}
MOST_FILES = 8


def document(rulebook: Rulebook, found: Verification) -> Document:
    """The verdict, both answers where they differ, and what differs of the rules and the program."""
    return Document(text(found.file), tuple(_blocks(rulebook, found)))


def _blocks(rulebook: Rulebook, found: Verification) -> Iterator[Block]:
    rules = "" if found.verdict == "altered" else ", same rules" if found.same_rules else ", other rules"
    yield Verdict(text(strong(f"{SENTENCES[found.verdict]}{rules}")))
    if found.altered:
        parts = ", ".join(found.altered)
        yield Paragraph(text(f"What it holds is not what its hashes are of: {parts}. Nothing was decided."))
        return
    for problem in found.problems:
        yield Note(text(f"By this rulebook the case cannot be decided: {problem}"), "error")
    if found.is_same:
        yield Paragraph(text(f"{found.says_before}."))
    else:
        yield Table((Column(), Column("Receipt"), Column("Now")), tuple(_rows(rulebook, found)))
    if not found.is_same and found.same_rules:
        then, now = found.receipt_program.version, found.program.version
        yield Note(text(f"The rules are the same: it is the program that differs ({then} then, {now} now)."), "error")
    yield from _rules(found)
    if found.not_checked:
        yield Paragraph(text(f"Not checked, for it is not installed: {', '.join(found.not_checked)}."))


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


def _rules(found: Verification) -> Iterator[Block]:
    if found.same_rules:
        return
    items = tuple(Item(text(identifier(one.name), f": {one.change}")) for one in found.changed_files)
    says = f"{count(len(items), 'file')} of the rulebook {'differs' if len(items) == 1 else 'differ'}"
    yield Paragraph(text(f"{says}: version {found.receipt_rulebook.version} then, {found.rulebook.version} now."))
    yield Items(items) if len(items) <= MOST_FILES else Fold(text(says), (Items(items),))
    if not found.is_same:
        yield Paragraph(
            text(
                "What changed in the law: ", identifier(f"lawmodel diff rules OLD NEW --question {found.question}"), "."
            )
        )


def _grounds(rulebook: Rulebook, answer: ReceivedAnswer | None) -> str:
    if answer is None:
        return "none"
    named = (rulebook.provisions[name].citation if name in rulebook.provisions else name for name in answer.grounds)
    return "; ".join(dict.fromkeys(named)) or "none"
