"""Small random rulebooks and cases, as the YAML that a lawyer would write.

They are about a shop. Days lie in April of the year 1 and numbers are small, so that `window` (see
`tests.reasoning.random_questions`) goes through every kind of completion of what a case leaves open.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import strategies as st

from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.problems import Collector
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.read import read_rulebook
from lawmodel.rulebook.rule_files import read_rule_files
from tests.random_conditions import NUMBERS, Conditions

Plain = dict[str, Any]

QUESTION = "sale"
OUTCOMES = ("refuse", "ask", "warn", "sell")
COLOURS = {"red": "Red", "green": "Green", "blue": "Blue"}
INFERRED = {"sources": [{"id": "rules"}], "certainty": "inference"}
SOURCES = [{"id": "rules"}]
STAGES = ("drafted", "passed", "in_force")
READINGS = {"strictness": ("strict", "lax"), "moment": ("placing", "deciding", "law")}
DAYS = tuple(datetime.date.fromordinal(number).isoformat() for number in range(99, 104))
"""The days of cases. Those of the law are the three in the middle."""
ROOM = 260
"""How many completions a case may have (not counting unknown lists)."""
SIZES = {"yes/no": 2, "choice": 3, "number": 7, "span": 7, "date": 12}


class _WithoutAnchors(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    def ignore_aliases(self, data: object) -> bool:
        return True


def as_yaml(plain: Any) -> str:
    """Plain data as YAML, in its own order, each part written out."""
    text: str = yaml.dump(plain, Dumper=_WithoutAnchors, sort_keys=False)
    return text


@dataclass(frozen=True)
class RandomLaw:
    """A rulebook as sections of YAML, and a case for it."""

    sections: Mapping[str, Any]
    facts: Mapping[str, Any]
    """Of the case, by path."""
    presume: bool

    def with_sections(self, **changed: Any) -> RandomLaw:
        """The same, with other entries in some sections."""
        return replace(self, sections={**self.sections, **changed})

    def with_facts(self, changed: Mapping[str, Any]) -> RandomLaw:
        """The same, with other facts of the case."""
        return replace(self, facts={**self.facts, **changed})

    def files(self, shuffle: int | None = None) -> dict[str, str]:
        """The text of each file; in a random order of files and provisions if a seed is given."""
        if shuffle is None:
            return {"rulebook.yaml": as_yaml(dict(self.sections))}
        chance = random.Random(shuffle)  # noqa: S311 - reproducible disorder
        parts: list[Plain] = [{"rulebook": self.sections["rulebook"]}]
        for section, entries in self.sections.items():
            if section in ("provisions", "concepts", "conclusions", "readings"):
                parts += [{section: [entry]} for entry in entries]
            elif section != "rulebook":
                parts.append({section: entries})
        chance.shuffle(parts)
        return {f"{number:02}.yaml": as_yaml(part) for number, part in enumerate(parts)}

    def write(self, folder: Path, shuffle: int | None = None) -> Path:
        """Write the files into a folder; the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.files(shuffle).items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    def rulebook(self, shuffle: int | None = None) -> Rulebook:
        """The rulebook, read anew; `ProblemsFound` if it has mistakes."""
        with TemporaryDirectory() as folder:
            files = sorted(self.write(Path(folder), shuffle).iterdir())
            problems = Collector()
            rulebook = read_rulebook(read_rule_files(files, problems), problems)
            problems.raise_if_any()
        assert rulebook is not None
        return rulebook

    def case(self, rulebook: Rulebook) -> Case:
        """The case, read from YAML."""
        nested: Plain = {}
        for path, value in self.facts.items():
            group, _, name = path.rpartition(".")
            (nested.setdefault(group, {}) if group else nested)[name] = value
        presume = "ordinary" if self.presume else "nothing"
        return parse_cases(rulebook, as_yaml({"presume": presume, "facts": nested}))[0]


def single_facts(draw: st.DrawFn) -> list[Plain]:
    """One fact of each type and more, some with an ordinary value."""

    def ordinary(values: Sequence[str]) -> Plain:
        return {"ordinary": draw(st.sampled_from(values))} if draw(st.booleans()) else {}

    common = {"title": "title", "ask": "Which?"}
    return [
        {"id": "shop.open", "type": "yes/no", **common, "yes": "open", "no": "closed", **ordinary(["yes", "no"])},
        {"id": "shop.staffed", "type": "yes/no", **common, "yes": "staffed", "no": "empty", "left_out": "no"},
        {"id": "goods.colour", "type": "choice", **common, "choices": "colours", "phrase": "{} goods"}
        | ordinary(list(COLOURS)),
        {"id": "goods.ribbon", "type": "choice", **common, "choices": "colours", "phrase": "a {} ribbon"},
        {"id": "goods.weight", "type": "number", **common, "phrase": "{} pounds", **ordinary(["1", "3"])},
        {"id": "goods.warranty", "type": "span", **common, "unit": "months", "phrase": "{} of warranty"}
        | ordinary(["2 months"]),
        {"id": "order.placed", "type": "date", **common, "phrase": "placed on {}", **ordinary(DAYS)},
        {"id": "order.paid", "type": "date", **common, "phrase": "paid on {}", **ordinary(DAYS)}
        | {"words": {"never": {"means": "no_day", "says": "never paid"}}},
        {"id": "order.decided", "type": "date", **common, "phrase": "decided on {}"},
        {"id": "order.handed", "type": "date", **common, "phrase": "handed over on {}"}
        | {"left_out": {"same_as": "order.decided"}},
        {"id": "visits", "type": "records", **common, "each": "visit", "none": "no visit"}
        | {
            "of": [
                {"id": "made", "type": "date", **common, "phrase": "came on {}"},
                {"id": "left", "type": "date", **common, "phrase": "left on {}", "left_out": "still"}
                | {"words": {"still": {"means": "after_every_day", "says": "still here"}}},
                {"id": "greeted", "type": "yes/no", **common, "yes": "greeted", "no": "not greeted"},
                {"id": "colour", "type": "choice", **common, "choices": "colours", "phrase": "in {}"},
            ]
        },
    ]


def _instruments(draw: st.DrawFn) -> list[Plain]:
    def bill(name: str) -> Plain:
        stages = draw(st.sampled_from([STAGES, STAGES[:2], STAGES[1:], STAGES[::2]]))
        days = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=len(stages), max_size=len(stages))))
        steps: list[Plain] = [
            {"stage": stage, "date": day, "certainty": draw(st.sampled_from(["text", "derived", "open"]))}
            | {"version": "early" if number == 0 else "late"}
            for number, (stage, day) in enumerate(zip(stages, days, strict=True))
        ]
        ends = {"ceases": {"date": DAYS[-1], "certainty": "open"}} if draw(st.booleans()) else {}
        return {"id": name, "title": f"The {name}", "sources": SOURCES, "steps": steps, **ends}

    return [bill("bill"), bill("act")]


def _readings(draw: st.DrawFn) -> list[Plain]:
    return [
        {"id": name, "title": f"{name}?", "why": "it is said so", "certainty": "text", "sources": SOURCES}
        | {"options": [{"id": option, "says": f"it is {option}"} for option in options]}
        | ({"default": draw(st.sampled_from(options))} if name == "moment" or draw(st.booleans()) else {})
        for name, options in READINGS.items()
    ]


def _consistency(draw: st.DrawFn, reads_decided: bool) -> list[Plain]:
    orders = [["visits.made", "visits.left"], ["order.placed", "order.paid"]]
    if reads_decided:
        orders.append(["order.placed", "order.decided", "order.handed"])
    return [{"order": order, "says": "days have an order"} for order in orders if draw(st.booleans())]


def _provisions(draw: st.DrawFn, conditions: Conditions, concepts: Collection[str], shared: Any) -> list[Plain]:
    names = [f"rule-{number}" for number in range(draw(st.integers(2, 4)))]
    found = []
    for number, name in enumerate(names):
        provision: Plain = {"id": name, "question": QUESTION, "title": name, "citation": f"Rules s. {number}"}
        provision |= {"text": "What it says.", "certainty": "text", "sources": SOURCES}
        provision |= conditions.in_force(draw)
        at = draw(st.sampled_from(["test-day", "law-date", "order.placed", "1 month before term-end"]))
        provision |= {"when": conditions.any(draw)}
        if draw(st.booleans()) and (unless := conditions.any(draw, 1)) != "never":
            provision["unless"] = unless
        if number + 1 < len(names) and draw(st.booleans()):
            provision["disapplies"] = [draw(st.sampled_from(names[number + 1 :]))]
        if "disapplies" not in provision or draw(st.booleans()):
            provision["concludes"] = conditions.conclusion(draw)
        if any(reads_the_moment(provision.get(key), concepts, shared) for key in ("when", "unless", "concludes")):
            provision["at"] = at
        found.append(provision)
    return found


def reads_the_moment(stated: Any, concepts: Collection[str], shared: Any = None) -> bool:
    """Whether a condition or conclusion compares a day with `at`, as every concept does; ``shared`` is a conclusion."""
    match stated:
        case str():
            return (
                stated in ("at", *concepts)
                or stated.endswith(" at")
                or (stated == "shared" and reads_the_moment(shared, concepts))
            )
        case dict():
            return any(
                reads_the_moment(one, concepts, shared) for key, one in stated.items() if "concept" not in stated
            )
        case list():
            return any(reads_the_moment(one, concepts, shared) for one in stated)
    return False


@st.composite
def random_laws(draw: st.DrawFn, reads_decided: bool = True, room: int = ROOM) -> RandomLaw:
    """Rulebooks and cases; without ``reads_decided`` nothing but the law depends on the day of the decision."""
    conditions = Conditions(reads_decided)
    moment = {"placing": "order.placed", "deciding": "order.decided" if reads_decided else DAYS[2], "law": "law-date"}
    terms = {"placing": "24 months after 0001-04-11", "otherwise": "2 years after notice"}
    colours = {"id": "colours", "title": "Colours", "of": COLOURS}
    outcomes = [{"id": outcome, "says": outcome, "means": f"the answer is {outcome}"} for outcome in OUTCOMES]
    stages = [{"id": stage, "says": stage} for stage in STAGES]
    facts = single_facts(draw)
    sections: dict[str, Any] = {
        "rulebook": {"title": "A shop", "law_date": "order.decided", "stages": stages}
        | draw(st.sampled_from([{}, {}, {"calendar": {"first_day": "counted", "leap_day": "march_1"}}])),
        "sources": [{"id": "rules", "title": "Rules", "kind": "instrument"}],
        "instruments": _instruments(draw),
        "choices": [colours],
        "facts": facts,
        "consistency": _consistency(draw, reads_decided),
        "numbers": [{"id": name, "value": one, "says": "some", "sources": SOURCES} for name, one in NUMBERS.items()],
        "dates": [
            {"id": "test-day", "title": "the test day", "reading": "moment", **moment}
            | {"sources": SOURCES, "certainty": "text"},
            {"id": "notice", "title": "the notice", "is": {"became_law": "bill"}, **INFERRED},
            {"id": "term-end", "title": "the end of the term", "reading": "moment", **terms, **INFERRED},
        ],
        "readings": _readings(draw),
        "concepts": conditions.concepts(draw),
        "conclusions": [{"id": "shared", "concludes": conditions.conclusion(draw, shared=False)}],
        "questions": [{"id": QUESTION, "title": "Sale", "asks": "Is it refused?", "outcomes": outcomes}],
    }
    concepts = [one["id"] for one in sections["concepts"]]
    sections["provisions"] = _provisions(draw, conditions, concepts, sections["conclusions"][0]["concludes"])
    return RandomLaw(sections, _facts(draw, facts, room), presume=draw(st.booleans()))


def values_of(fact: Mapping[str, Any]) -> list[str]:
    """What a single fact or field may be, as a case file has it."""
    match fact["type"]:
        case "yes/no":
            return ["yes", "no"]
        case "choice":
            return list(COLOURS)
        case "number":
            return [str(number) for number in range(5)]
        case "span":
            return [*(f"{number} months" for number in range(5)), "1 month"]
        case _:
            return [*DAYS, *fact.get("words", ())]


def _facts(draw: st.DrawFn, declared: Sequence[Plain], room: int) -> Plain:
    """Facts of a case, of which not more are open than there is room for."""
    found: Plain = {}
    left = room

    def some(fact: Plain) -> str:
        nonlocal left
        size = SIZES[fact["type"]]
        if size <= left and draw(st.integers(0, 2)):
            left //= size
            return "unknown"
        return draw(st.sampled_from(values_of(fact)))

    for fact in draw(st.permutations(declared)):
        if fact["id"] == "visits":
            if draw(st.integers(0, 2)):
                found["visits"] = [
                    {field["id"]: some(field) for field in fact["of"]} for _ in range(draw(st.integers(0, 2)))
                ]
            continue
        may_be_left_out = "ordinary" in fact or fact["id"] in ("order.handed", "shop.staffed")
        if not (may_be_left_out and draw(st.booleans())):
            found[fact["id"]] = some(fact)
        elif "ordinary" in fact:
            left //= SIZES[fact["type"]]  # it is open where nothing is presumed
    return found
