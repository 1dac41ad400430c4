"""An invented rulebook, about the loans of a library, with names that Python and pydantic have taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook

TEXT = r"""
rulebook:
  title: Loans, "overdue" and \ other
  law_date: loan.made
  stages: [{id: in_force, says: in force}]
choices:
  - {id: shelves, title: Shelves, of: {A1: the first, "NO": the Norwegian, B-2: the second}}
facts:
  - {id: loan.made, type: date, title: the loan, phrase: "lent on {}", ask: "When was it lent?"}
  - id: loan.returned
    type: date
    title: the return
    phrase: "returned on {}"
    words:
      never: {means: no_day, says: never returned}
      still_out: {means: after_every_day, says: still out}
      not_yet: {means: after_every_day, says: not yet back}
    left_out: still_out
    ask: When was it returned?
  - {id: loan.days, type: number, title: term, phrase: "for {} days", ask: 'How "long"?', ordinary: 30}
  - {id: title.import, type: yes/no, title: imported, "yes": imported, "no": home-made, ask: "Is it imported?"}
  - {id: title.copy, type: yes/no, title: copy, "yes": a copy, "no": no copy, ask: "Is it a copy?", ordinary: "no"}
  - {id: title.bool, type: choice, title: shelf, choices: shelves, phrase: "on {}", ask: "Which shelf?", ordinary: "NO"}
  - {id: title.datetime, type: date, title: printing, phrase: "printed on {}", ask: "When was it printed?"}
  - {id: closed, type: yes/no, title: closure, "yes": closed, "no": open, ask: "Is the library closed?"}
  - id: reader
    type: records
    title: readers
    each: card holder
    none: nobody
    ask: Who holds the card?
    of:
      - {id: from, type: date, title: first day, phrase: "from {}", ask: "Since when?"}
      - {id: from_, type: number, title: fee, phrase: "{} cents", ask: "For how much?"}
      - id: class
        type: choice
        title: class of reader
        choices: {child: a child, adult: an adult, json: a machine}
        ask: Which class?
        left_out: adult
      - {id: to, type: date, title: last day, phrase: "to {}", ask: "Until when?"}
  - id: json.case
    type: records
    title: cases
    each: case
    none: no case
    ask: Which cases?
    of:
      - {id: int, type: number, title: number, phrase: "number {}", ask: "Which number?"}
consistency:
  - {order: [loan.made, loan.returned], says: a book is lent before it is returned}
  - {order: [reader.from, reader.to], says: a card cannot end before it begins}
questions:
  - id: fine
    title: Fine
    asks: Is there a fine?
    outcomes: [{id: due, says: "yes", means: a fine is due}, {id: none, says: "no", means: there is none}]
"""


def library(folder: Path) -> Rulebook:
    """The rulebook, written into a folder and read from there."""
    file = folder / "library.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return load_rulebook(file)


@pytest.fixture(scope="session")
def loans(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return library(tmp_path_factory.mktemp("library"))
