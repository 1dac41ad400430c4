"""An invented rulebook, about crossing a river by ferry, with consequences, tellings and an outcome that feeds."""

from __future__ import annotations

from pathlib import Path

from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook

FERRY = """
rulebook:
  title: The ferry
  law_date: crossing.made
  stages: [{id: drafted, says: drafted}, {id: adopted, says: adopted}, {id: valid, says: valid}]
sources:
  - {id: ferry-law, title: Ferry Law, kind: instrument}
  - {id: gazette, title: The gazette, kind: press}
  - {id: almanac, title: The almanac, kind: press}
instruments:
  - id: ferry-law
    title: Ferry Law
    sources: [{id: ferry-law}]
    steps:
      - {stage: drafted, date: 2020-01-10, certainty: report}
      - {stage: valid, date: 2021-01-01, certainty: text}
facts:
  - {id: crossing.made, type: date, title: the crossing, phrase: "crossed on {}", ask: When?}
  - {id: traveller.armed, type: yes/no, title: arms, "yes": armed, "no": unarmed, ask: Armed?}
  - {id: traveller.drunk, type: yes/no, title: drink, "yes": drunk, "no": sober, ask: Drunk?}
  - {id: cargo.value, type: number, title: worth, phrase: "worth {}", ask: Worth?}
  - {id: cargo.limit, type: number, title: limit, phrase: "a limit of {}", ask: Which limit?, ordinary: 100}
  - id: passes
    type: records
    title: passes
    each: pass
    none: no pass
    ask: Which passes?
    of:
      - {id: from, type: date, title: first day, phrase: "from {}", ask: Since when?}
      - id: to
        type: date
        title: last day
        phrase: "to {}"
        words: {still: {means: after_every_day, says: still valid}}
        left_out: still
        ask: Until when?
consistency:
  - {order: [passes.from, passes.to], says: a pass cannot end before it begins}
readings:
  - id: arms
    title: When do arms matter?
    default: carried
    why: the law says no more
    certainty: text
    options:
      - {id: carried, says: arms matter when carried, supported_by: [{id: ferry-law}]}
      - {id: drunk-only, says: arms matter in the hands of a drunk, supported_by: [{id: gazette}]}
  - id: severity
    title: Is an armed traveller refused?
    default: mild
    why: the law says no more
    certainty: text
    options:
      - {id: strict, says: an armed traveller is refused, supported_by: [{id: gazette}]}
      - {id: mild, says: an armed traveller waits, supported_by: [{id: ferry-law}]}
  - id: toll
    title: Which toll is due?
    why: two tariffs hang on the wall
    certainty: report
    options:
      - {id: high, says: the toll is high, supported_by: [{id: gazette}]}
      - {id: low, says: the toll is low, supported_by: [{id: almanac}]}
consequences:
  - id: toll-high
    says: a high toll
    figures: [{kind: toll, from: 5, to: cargo.value, unit: pence}, {kind: work, to: cargo.limit, unit: minutes}]
    sources: [{id: gazette}]
    certainty: report
  - {id: toll-low, says: a low toll, sources: [{id: almanac}], certainty: report}
  - {id: escort, says: an escort comes along, sources: [{id: ferry-law}], certainty: text}
  - {id: notice, says: the pilot is told, sources: [{id: ferry-law}], certainty: text}
  - {id: receipt, says: a receipt, sources: [{id: ferry-law}], certainty: text}
concepts:
  - id: pass-holder
    title: Holder of a pass
    "yes": holds a pass
    "no": holds no pass
    when: {some: passes, such_that: {all: [{from: {on_or_before: at}}, {to: {on_or_after: at}}]}}
questions:
  - id: crossing
    title: Crossing
    asks: Would the crossing be refused?
    outcomes:
      - {id: refused, says: "yes", means: it is refused}
      - {id: delayed, says: perhaps, means: it is delayed}
      - {id: free, says: "no", means: it is free}
  - id: pass
    title: Pass
    asks: Is a pass to be had?
    outcomes:
      - {id: held, says: none needed, means: a pass is held}
      - id: earned
        says: "yes"
        means: a pass is earned
        leads_to: {says: the pass is issued, add: passes, record: {from: law-date}}
      - {id: none, says: "no", means: there is none}
  - id: weather
    title: Weather
    asks: Is the weather asked about?
    outcomes: [{id: asked, says: "yes", means: it is}, {id: not_asked, says: "no", means: it is not}]
provisions:
  - id: arms-1
    question: crossing
    title: Arms
    citation: Ferry Law s. 1
    text: Armed travellers.
    certainty: text
    sources: [{id: ferry-law}]
    enacted_by: ferry-law
    when: {all: [{traveller.armed: yes}, {reading: arms, carried: always, drunk-only: {traveller.drunk: yes}}]}
    concludes: {reading: severity, strict: refused, mild: delayed}
    brings: escort
  - id: toll-2
    question: crossing
    title: Toll
    citation: Ferry Law s. 2
    text: Who holds no pass waits and pays.
    certainty: text
    sources: [{id: ferry-law}]
    at: law-date
    when: {not: pass-holder}
    concludes: delayed
    brings: {reading: toll, high: toll-high, low: toll-low}
  - id: drink-3
    question: crossing
    title: Drink
    citation: Ferry Law s. 3
    text: The pilot is told of drunken travellers.
    certainty: text
    sources: [{id: ferry-law}]
    when: {traveller.drunk: yes}
    brings: notice
  - id: receipt-4
    question: crossing
    title: Receipt
    citation: Ferry Law s. 4
    text: There is a receipt, drunk or sober.
    certainty: text
    sources: [{id: ferry-law}]
    when: always
    brings: [{when: {traveller.drunk: yes}, then: receipt}, {otherwise: {reading: toll, high: receipt, low: receipt}}]
  - id: pass-5
    question: pass
    title: Pass held
    citation: Ferry Law s. 5
    text: A pass may be held.
    certainty: text
    sources: [{id: ferry-law}]
    at: law-date
    when: pass-holder
    concludes: held
  - id: pass-6
    question: pass
    title: Pass earned
    citation: Ferry Law s. 6
    text: Rich cargo earns a pass.
    certainty: text
    sources: [{id: ferry-law}]
    when: {cargo.value: {at_least: 1000}}
    concludes: earned
"""

TELLINGS = """
tellings:
  - id: gazette
    title: The gazette
    source: gazette
    stage: drafted
    stage_at: p. 1
    readings:
      - {reading: arms, option: drunk-only, at: p. 2, says: drunks alone}
      - {reading: severity, option: strict, at: p. 3}
  - id: almanac
    title: The almanac
    source: almanac
    stage: valid
    readings:
      - {reading: toll, option: low, at: p. 9, says: a cheap ferry}
"""


def ferry(folder: Path, *more: str, law: str = FERRY) -> Rulebook:
    """The rulebook, written into a folder, with further texts each in a file of its own."""
    files = []
    for number, text in enumerate((law, *more)):
        file = folder / f"ferry-{number}.yaml"
        file.write_text(text, encoding="utf-8")
        files.append(file)
    return load_rulebook(*files)
