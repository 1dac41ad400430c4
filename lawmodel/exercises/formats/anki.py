"""Anki, a package of cards: the task on the front with three hints, the key and what is said of it on the back."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any, Final, assert_never

from lawmodel.exercises.exercise import (
    Exercise,
    ExerciseSet,
    OneChoice,
    SeveralChoices,
    StepOrder,
    WrittenCase,
)
from lawmodel.exercises.formats import Exported, Losses
from lawmodel.exercises.formats.moodle_xml import tags_of
from lawmodel.exercises.lettered import lettered
from lawmodel.exercises.marked_up import asked_html, explained_html, html_of, in_xml, inline_html_of
from lawmodel.exercises.model_answer import model_answer
from lawmodel.exercises.packages import archive
from lawmodel.results.header import hash_of

EXTENSION: Final = ".apkg"
MODEL: Final = 1_764_374_400_019
"""The id of the type of these notes; the fields below stay as they are as long as it does."""
FIELDS: Final = ("Exercise", "Task", "Hint 1", "Hint 2", "Hint 3", "Answer", "Rulebook")
SEPARATOR: Final = "\x1f"
FRONT: Final = "{{Task}}" + "".join(
    f"{{{{#Hint {n}}}}}<p>{{{{hint:Hint {n}}}}}</p>{{{{/Hint {n}}}}}" for n in (1, 2, 3)
)
BACK: Final = "{{FrontSide}}<hr id=answer>{{Answer}}<p class=small>{{Exercise}}</p>"
STYLE: Final = (
    ".card { font-family: Georgia, serif; font-size: 19px; text-align: left; max-width: 36em; margin: auto; }\n"
    ".small { font-size: 13px; opacity: .7; }\n"
)
NO_DAY: Final = date(2000, 1, 1)
_STUDY: Final[dict[str, Any]] = {
    "new": {"delays": [1, 10], "ints": [1, 4, 7], "initialFactor": 2500, "bury": True, "order": 1, "perDay": 20},
    "rev": {"perDay": 200, "ease4": 1.3, "fuzz": 0.05, "ivlFct": 1, "maxIvl": 36500, "bury": True},
    "lapse": {"delays": [10], "mult": 0, "minInt": 1, "leechFails": 8, "leechAction": 0},
    "timer": 0,
    "replayq": True,
    "dyn": False,
}
"""What a new deck of Anki has by itself; whoever learns sets it otherwise."""
MARKS: Final = "marking: a card is turned over, and whoever learns says how well it went"
_TABLES: Final = """
CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
  ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
  models text not null, decks text not null, dconf text not null, tags text not null);
CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
  usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
  flags integer not null, data text not null);
CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
  mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
  ivl integer not null, factor integer not null, reps integer not null, lapses integer not null, left integer not null,
  odue integer not null, odid integer not null, flags integer not null, data text not null);
CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
  ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null,
  type integer not null);
CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog (cid);
CREATE INDEX ix_notes_csum ON notes (csum);
"""
INTO: Final = {
    "col": "INSERT INTO col VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "notes": "INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "cards": "INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
}


def export(exercises: ExerciseSet, /) -> Exported:
    """One deck with a note for each exercise; taken in anew, a note takes the place of what it was."""
    losses = Losses()
    for exercise in exercises.exercises:
        losses.part(exercise, MARKS)
    connection = sqlite3.connect(":memory:")
    try:
        _fill(connection, exercises)
        connection.commit()
        collection = connection.serialize()
    finally:
        connection.close()
    content = archive({"collection.anki2": collection, "media": b"{}"})
    names = {one.id: {option.id: option.id for option in one.options} for one in exercises.exercises}
    return Exported(content, exercises.exercises, losses.all(), names)


def _fill(connection: sqlite3.Connection, exercises: ExerciseSet) -> None:
    made = _made_on(exercises)
    deck = _number(f"deck {exercises.title}")
    connection.executescript(_TABLES)
    collection = (1, made, made * 1000, made * 1000, 11, 0, 0, 0, *map(_json, _settings(exercises, deck, made)), "{}")
    connection.execute(INTO["col"], collection)
    for place, exercise in enumerate(exercises.exercises):
        fields = [_plain(one) for one in _fields(exercise)]
        note = _number(f"note {exercise.id}")
        tags = " ".join("_".join(one.replace("::", ":").split()) for one in tags_of(exercise))
        written = SEPARATOR.join(fields)
        row = (note, exercise.id, MODEL, made, -1, f" {tags} ", written, fields[0], _checksum(fields[0]), 0, "")
        connection.execute(INTO["notes"], row)
        card = _number(f"card {exercise.id}")
        numbers = (card, note, deck, 0, made, -1, 0, 0, place + 1, *[0] * 8, "")
        connection.execute(INTO["cards"], numbers)


def _settings(exercises: ExerciseSet, deck: int, made: int) -> Iterator[dict[str, Any]]:
    """How cards are learnt, the type of the notes, and the decks, as Anki keeps them."""
    yield {"nextPos": len(exercises.exercises) + 1, "curDeck": deck, "activeDecks": [deck], "curModel": str(MODEL)}
    fields = [
        {"name": name, "ord": number, "sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
        for number, name in enumerate(FIELDS)
    ]
    template = {"name": "Card 1", "ord": 0, "qfmt": FRONT, "afmt": BACK, "bqfmt": "", "bafmt": "", "did": None}
    yield {
        str(MODEL): {
            "id": MODEL,
            "name": "lawmodel exercise",
            "type": 0,
            "mod": made,
            "usn": -1,
            "sortf": 0,
            "did": deck,
            "tmpls": [template],
            "flds": fields,
            "css": STYLE,
            "latexPre": "",
            "latexPost": "",
            "req": [[0, "any", [1]]],
            "tags": [],
            "vers": [],
        }
    }
    name = " ".join(exercises.title.replace("::", ":").split()) or "lawmodel"
    yield {str(one): _deck(one, called, made) for one, called in ((1, "Default"), (deck, name))}
    yield {"1": {"id": 1, "name": "Default", "mod": made, "usn": -1, "maxTaken": 60, "autoplay": True, **_STUDY}}


def _deck(number: int, name: str, made: int) -> dict[str, Any]:
    today = {one: [0, 0] for one in ("newToday", "revToday", "lrnToday", "timeToday")}
    return {
        "id": number,
        "name": name,
        "mod": made,
        "usn": -1,
        "desc": "",
        "dyn": 0,
        "conf": 1,
        "collapsed": False,
        "browserCollapsed": False,
        "extendNew": 0,
        "extendRev": 50,
        **today,
    }


def _json(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False)


def _made_on(exercises: ExerciseSet) -> int:
    """The day up to which the law is known, in seconds: the same exercises are the same file on every day."""
    day = NO_DAY
    with contextlib.suppress(ValueError):  # a file may say anything
        day = date.fromisoformat(exercises.rulebook.as_of or "")
    return (day - date(1970, 1, 1)).days * 86_400


def _number(of: str) -> int:
    """A number that looks like a time of day in this century, as Anki wants it, and depends on a name alone."""
    return 1_000_000_000_000 + int(hash_of(of)[:12], 16) % 700_000_000_000


def _checksum(field: str) -> int:
    import hashlib

    return int(hashlib.sha1(field.encode(), usedforsecurity=False).hexdigest()[:8], 16)


def _plain(html: str) -> str:
    """HTML in which nothing is a command of Anki's: no field, no deletion, no sound, no formula."""
    return html.replace("{", "&#123;").replace("}", "&#125;").replace("[", "&#91;").replace(SEPARATOR, " ")


def _fields(exercise: Exercise) -> Iterator[str]:
    yield in_xml(exercise.id)
    yield f"<h3>{inline_html_of(exercise.title)}</h3>{asked_html(exercise)}{_shown(exercise)}"
    yield from map(inline_html_of, exercise.hints)
    yield _answer(exercise)
    yield in_xml(exercise.rulebook.sha256 or "")


def _shown(exercise: Exercise) -> str:
    """The options, as they stand on the front; of a written case the reasons are no part of the task."""
    match exercise.response:
        case OneChoice() | SeveralChoices() | StepOrder():
            return "".join(f"<p><b>{letter}</b> {inline_html_of(one.says)}</p>" for letter, one in lettered(exercise))
        case WrittenCase():
            return ""
        case _:
            assert_never(exercise.response)


def _answer(exercise: Exercise) -> str:
    """What is right, why, and what is said of each option."""
    if isinstance(exercise.response, WrittenCase):
        return html_of(model_answer(exercise)).replace("  ", "&nbsp; ") + explained_html(exercise)
    said = "".join(
        f"<p><b>{letter}</b> {'✓' if one.right else '✗'} {inline_html_of(one.feedback)}</p>"
        for letter, one in lettered(exercise)
    )
    in_order = html_of(model_answer(exercise)) if isinstance(exercise.response, StepOrder) else ""
    return f"{in_order}{explained_html(exercise)}{said}"
