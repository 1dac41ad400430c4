"""An invented rulebook about combat pay, whose provisions count: conditions, and periods of service."""

from __future__ import annotations

from pathlib import Path

from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook

COMBAT_PAY = """
rulebook:
  title: Combat pay
  law_date: claim.made
  stages: [{id: in_force, says: in force}]
sources:
  - {id: pay-order, title: Pay Order, kind: instrument}
instruments:
  - id: pay-order
    title: Pay Order
    sources: [{id: pay-order}]
    steps: [{stage: in_force, date: 2020-01-01, certainty: text}]
facts:
  - {id: claim.made, type: date, title: the claim, phrase: "claimed on {}", ask: When?}
  - {id: unit.abroad, type: yes/no, title: abroad, "yes": the unit is abroad, "no": the unit is at home, ask: Abroad?}
  - {id: unit.armed, type: yes/no, title: arms, "yes": the unit is armed, "no": the unit is unarmed, ask: Armed?}
  - {id: unit.attacked, type: yes/no, title: attack, "yes": attacked, "no": not attacked, ask: Attacked?}
  - id: service
    type: records
    title: periods of service
    each: period
    none: never served
    ask: Which periods?
    of:
      - {id: fought, type: yes/no, title: fighting, "yes": fought, "no": did not fight, ask: Fought?}
      - {id: paid, type: yes/no, title: pay, "yes": was paid, "no": was not paid, ask: Paid?}
questions:
  - id: pay
    title: Combat pay
    asks: Is combat pay due?
    outcomes:
      - {id: triple, says: threefold, means: three times the pay is due}
      - {id: double, says: twofold, means: twice the pay is due}
      - {id: single, says: onefold, means: the pay is due}
      - {id: none_due, says: no, means: nothing is due}
provisions:
  - id: three-periods
    question: pay
    title: Three periods
    citation: Pay Order s. 1
    text: Whoever fought in three periods, or in each of several, has three times the pay.
    certainty: text
    sources: [{id: pay-order, at: s. 1}]
    when:
      any:
        - {some: service, such_that: {fought: yes}, at_least: 3}
        - all:
          - {every: service, such_that: {fought: yes}}
          - {some: service, at_least: 2}
    concludes: triple
  - id: two-of-three
    question: pay
    title: Two of three
    citation: Pay Order s. 2
    text: Where two of three hold of the unit, the pay is doubled.
    certainty: text
    sources: [{id: pay-order, at: s. 2}]
    when:
      at_least: 2
      of: [{unit.abroad: yes}, {unit.armed: yes}, {unit.attacked: yes}]
    concludes: double
  - id: unpaid-once
    question: pay
    title: Unpaid once
    citation: Pay Order s. 3
    text: Whoever was not paid in one period alone has the pay.
    certainty: text
    sources: [{id: pay-order, at: s. 3}]
    when: {some: service, such_that: {paid: no}, exactly: 1}
    concludes: single
"""


def combat_pay(folder: Path) -> Rulebook:
    """The rulebook, written into a folder and read."""
    (folder / "combat-pay.yaml").write_text(COMBAT_PAY, encoding="utf-8")
    return load_rulebook(folder)
