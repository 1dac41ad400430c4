"""Ten thousand mutilated inputs for everything that reads what a user gives: a message, and never a traceback.

Each input is mutilated by chance, and by the same chance every time. The quick tests read a few of each; the long ones
ten thousand.
"""

from __future__ import annotations

import contextlib
import csv
import io
import random
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lawmodel.batch.drawing.population_spec import load_population
from lawmodel.batch.mapping.mapping_file import load_mapping
from lawmodel.case.assignments import NotAnAssignment, parse_assignment
from lawmodel.case.file import load_cases, parse_cases
from lawmodel.case.supposed import suppose
from lawmodel.case.valuation import value_case
from lawmodel.case.values import NotAValue
from lawmodel.commands.main import main
from lawmodel.exercises.marking import NotAnAnswer, WrittenAnswer, mark
from lawmodel.exercises.progress_file import progress_in
from lawmodel.exercises.schedule import schedule
from lawmodel.law_files import case_files
from lawmodel.problems import ProblemsFound
from lawmodel.rulebook.load import load_rulebook
from lawmodel.rulebook.model import Rulebook
from lawmodel.rulebook.read_property import parse_property
from lawmodel.safe_text import STEERING
from lawmodel.verbs.ask.interview import Asking
from lawmodel.verbs.ask.parse_reply import parse_reply
from lawmodel.verbs.lint.accepted_findings import read_acceptances
from lawmodel.verbs.lint.checking import checks
from lawmodel.verbs.quiz.typed_answer import parse_answer
from tests.exercises.written_exercises import EVERY_FORM
from tests.fuzzing import mutilated

QUICK: Final = 12
MANY: Final = 800
PORTION: Final = 400
"""So many at a time, so that several processes share the work; with all readers more than ten thousand."""
RULES: Final = Path(__file__).parent / "bad" / "rulebook.yaml"
SCENARIOS: Final = Path(__file__).parents[1] / "scenarios" / "extradition"
MORE: Final = """
consequences:
  - id: fine
    says: a fine
    sources: [{id: bee-act}]
    certainty: text
    figures: [{kind: fine, unit: pounds, from: 5, to: site.hives}]
tellings:
  - {id: told, title: told, source: gazette, stage: in_force, readings: [{reading: swarm, option: ten, at: x}]}
properties:
  - id: more
    says: more hives are never better
    question: bees
    given: {site.hives: {at_least: 3}}
    changed: {facts: [site.hives], to: {keeper.trained: yes}, one_more: lease, such_that: {place: town}}
    claims: {compared: no_weaker}
    since: 2025-01-01
    stages: [in_force]
    holds: no
    because: it is not so
"""
CASE: Final = """title: a case
presume: [keeper.trained]
questions: [bees, honey]
facts:
  keeper: {trained: yes, home: heath}
  site: {kind: roof, hives: 7}
  request: {received: 2025-11-01}
  decision: {made: 2026-01-01}
  lease:
    - {place: town, from: 2024-01-01, to: running}
    - {place: heath, from: 2025-01-01, to: 2025-12-31}
expect:
  - {question: honey, outcome: barred, grounds: [bee-act-3], on: 2026-01-01, stage: in_force, readings: {swarm: ten}}
  - {question: bees, status: determined, possible: [forbidden], turns_on: [[swarm, site.hives]], rests_on: [swarm]}
variants:
  - id: town
    point: a lease in town
    facts: {lease: unknown}
"""
POPULATION: Final = """title: keepers
assumes: nothing is known
facts:
  site.kind: {weights: {garden: 3, roof: 1, unknown: 1}}
  site.hives: {between: [0, 20], unknown: 10}
  keeper.trained: {share: 30}
  request.received: {between: [2025-01-01, 2025-12-31]}
  decision.made: {after: request.received, days: [10, 90]}
  keeper.home:
    cases:
      - {when: {site.kind: roof}, is: town}
      - {mix: [{weight: 1, is: heath}, {weight: 2, weights: {forest: 1, town: 1}}]}
  lease:
    count: {weights: {0: 1, 2: 1}}
    each:
      place: {same_as: keeper.home}
      from: {between: [2020-01-01, 2024-01-01]}
      to: {after: from, days: [30, 400]}
"""
MAPPING: Final = """table: {dates: [day.month.year, d/m/yy], unknown: ["?"], yes: да, no: [нет, 0], skip: {No.: Total}}
columns:
  No.: case
  Kind: {fact: site.kind, values: {Dach: roof}}
  Hives: {fact: site.hives, times: 2, unit: pairs, empty: 0}
  Place: "lease[1].place"
  2nd: {fact: "lease[2].place", values: {none: no record}}
defaults: {keeper.trained: yes, lease.from: 2024-01-01}
"""
ACCEPTED: Final = """- check: never-applies
  entry: bee-act-2
  because: it is meant to stay
- {check: unused-entry, entry: gazette, because: "kept: for reference"}
"""
CSV: Final = """case,site.kind,site.hives,keeper.trained,decision.made,request.received,lease
a,roof,7,yes,2026-01-01,2025-12-01,"[{""place"": ""town"", ""from"": ""2024-01-01""}]"
b,garden,,no,2026-01-01,,[]
c,unknown,12,unknown,unknown,2025-12-01,
"d, e",roof,3,yes,2026-01-01,2025-12-01,unknown
"""
REGISTER: Final = """Keepers;;;;;
;;;;;
case;site.kind;site.hives;decision.made;lease[1].place;lease[2].from
a;Roof;7;01.01.2026;town;02.03.2024

"b; c";garden;12.0;2026-01-01 00:00:00;;
"""
SHEET: Final = "xl/worksheets/sheet1.xml"
JSON_LINES: Final = """{"case": "a", "site.kind": "roof", "site.hives": 7, "keeper.trained": true}
{"case": "b", "site.kind": null, "site.hives": 17.0, "lease": [{"place": "town", "to": "running"}]}
{"case": 3, "site.kind": "garden", "keeper.trained": "no", "lease": [], "request.received": "2025-12-01"}
{"case": "d", "lease": null, "decision.made": "unknown"}
"""
ANSWERS: Final = """\
"case","outcome[swarm=five]","status[swarm=five]","grounds[swarm=five]","outcome[swarm=ten]","status[swarm=ten]"
"a","forbidden","determined","bee-act-2","allowed","determined"
"b",,"depends","",,"depends"
"d, e",,"depends","","conditional","determined"
"""
ABOUT_ANSWERS: Final = """{
  "lawmodel": {
    "question": "bees",
    "rulebook": "Keeping bees",
    "sets": {
      "swarm=five": {
        "reading": "swarm=five",
        "stage": "in_force",
        "readings": {"swarm": "five"},
        "presumed": {}
      },
      "swarm=ten": {
        "reading": "swarm=ten",
        "law_date": "2026-01-01",
        "readings": {"swarm": "ten"}
      }
    },
    "columns": ["site.kind", "lease"],
    "told_by": null,
    "rows": 3
  }
}
"""
ASSIGNMENTS: Final = """site.kind=roof
site.hives=12
keeper.trained=no
decision.made=2026-04-01
lease=[]
lease[1]=none
lease[3].place=forest
lease[1].to=running
reading:swarm=ten
swarm=unknown
request.received=unknown
"""
ARGUMENTS: Final = """decide case.yaml --reading swarm=ten
decide case.yaml --on 2026-03-01 --stage drafted --question bees
decide case.yaml --variant town --as-told-by told --brief
whatif case.yaml site.kind=garden lease[1]=none
law bee-act-2 --on 2026-01-01
law --contested
check rules case.yaml --quick
schema case
tellings case.yaml
"""
DECISION: Final = """title: In re a roof
authority: the Bee Court
day: 2026-04-01
sources:
  - {title: The Gazette, at: page 3, address: "https://example.org/hives", seen: {how: report, on: 2026-04-02}}
question: bees
outcome: forbidden
grounds: [bee-act-2]
report: Hives stood on a roof.
remarks: [one, "two: three"]
expect: departs
presume: ordinary
readings: {swarm: ten}
facts:
  site: {kind: roof, hives: 7}
  lease: [{place: town, from: 2025-01-01, to: running}]
"""
PROGRESS: Final = """{
 "format": "lawmodel-progress",
 "edition": 1,
 "answers": [
  {"exercise": "outcome-b62b121ddd", "kind": "outcome", "question": "bees",
   "points": ["misconception:a", "provision:b"],
   "missed": ["misconception:a"], "share": "3/10", "hints": 0, "chosen": ["a"], "at": "2026-11-29T21:00:00Z",
   "rulebook": null},
  {"exercise": "order-c62b121ddd", "kind": "order", "question": "bees", "points": ["provision:b"], "missed": [],
   "share": "1", "hints": 2, "chosen": [], "at": "2026-11-29T21:10:00.250Z", "rulebook": null}
 ]
}
"""
TYPED: Final = "A\nA C\nb, c; a\nabc\nlaw\nnone\nnone B\nB arms=guns\ncase.yaml\n27\n"
SPOKEN: Final = "roof\n2\nthe hives stand on a roof\nyes\n2026-01-01\ntoday\nten\n0\nheath\n12\n"


@dataclass(frozen=True)
class Reader:
    """What reads an input: it is put into the file, and read in the folder where that is."""

    file: str
    samples: tuple[bytes, ...]
    read: Callable[[Path], Any]
    by_line: bool = False
    """Whether each line of a sample is an input of its own."""


@cache
def known() -> Rulebook:
    return load_rulebook(RULES)


def read_case(file: Path) -> None:
    for case in load_cases(known(), file):
        value_case(known(), case)


def read_property(file: Path) -> None:
    parse_property(known(), file.read_text(encoding="utf-8", errors="replace"), name="asked", says="asked")


def read_assignment(file: Path) -> None:
    text = file.read_text(encoding="utf-8", errors="replace")
    parse_assignment(known(), text)
    suppose(known(), parse_cases(known(), CASE)[0], [text])


def read_spoken(file: Path) -> None:
    text = file.read_text(encoding="utf-8", errors="replace").strip()
    facts = known().facts
    wanted = [Asking(path, fact) for path, fact in facts.items()]
    wanted += [Asking(f"lease[1].{one.id}", one, None, "lease", 1) for one in facts["lease"].of]
    wanted.append(Asking("reading:swarm", None, known().readings["swarm"]))
    for asking in wanted:
        with contextlib.suppress(NotAValue):
            parse_reply(known(), asking, text)


def read_progress(file: Path) -> None:
    schedule(progress_in(file))


def read_typed(file: Path) -> None:
    """What is typed in a quiz: an answer, or a message."""
    typed = file.read_text(encoding="utf-8", errors="replace").strip()
    for exercise in EVERY_FORM.exercises:
        with contextlib.suppress(NotAnAnswer):
            given = parse_answer(exercise, typed)
            if not isinstance(given, WrittenAnswer) or given.text is None:
                mark(exercise, given, rulebook=known())


def run(*arguments: str) -> None:
    """Run the program; it ends as one of its table of exit codes says, and nothing on the screen steers it."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert ended.value.code in (None, 0, 1, 2), err.getvalue()
    assert not STEERING.search(out.getvalue() + err.getvalue())


def read_table(file: Path) -> None:
    run("batch", "bees", file.name, "--rules", "rules", "--out", "answers.csv", "--rejects", "rejects.csv")


def read_register(file: Path) -> None:
    run("batch", "bees", file.name, "--rules", "rules", "--dates", "dd.mm.yyyy", "--out", "register.xlsx")


def read_sheet(file: Path) -> None:
    """A workbook with this sheet in it."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile("table.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, file.read_bytes() if name == SHEET else old.read(name))
    read_table(Path("table.xlsx"))


def read_answers(file: Path) -> None:
    for name, text in (("answers.csv", ANSWERS), ("answers.csv.json", ABOUT_ANSWERS), ("table.csv", CSV)):
        if name != file.name:
            Path(name).write_text(text, encoding="utf-8")
    sets = ("--only", "swarm=five", "--against", "swarm=ten")
    run("tabulate", "answers.csv", "--rules", "rules", "--cases", "table.csv", "--by", "site.kind,ground", *sets)


def read_arguments(file: Path) -> None:
    text = file.read_text(encoding="utf-8", errors="replace")
    arguments = [one for one in text.split(" ") if "\0" not in one and not one.startswith("--json")]
    if arguments and arguments[0] in ("decide", "whatif", "law", "check", "schema", "tellings"):
        run(*arguments, "--rules", "rules")


def workbook() -> bytes:
    """The rows of the CSV file, as a spreadsheet."""
    book, sink = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for row in csv.reader(io.StringIO(CSV)):
        book.active.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    book.save(sink)
    return sink.getvalue()


def parquet() -> bytes:
    """The rows of the JSON lines, in a file of another form."""
    rows = [
        {"case": "a", "site.kind": "roof", "site.hives": 7, "lease": [{"place": "town", "from": "2024-01-01"}]},
        {"case": "b", "site.kind": None, "site.hives": None, "lease": None},
    ]
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink)
    return sink.getvalue()


LAW: Final = (RULES.read_text(encoding="utf-8") + MORE).encode()
PROPERTY: Final = re.sub(r"^    ", "", MORE.partition("question: bees\n")[2].partition("holds:")[0], flags=re.M)
READERS: Final[dict[str, Reader]] = {
    "rules": Reader("rules/rulebook.yaml", (LAW,), lambda _: load_rulebook("rules")),
    "property": Reader("property.yaml", (("question: bees\n" + PROPERTY).encode(),), read_property),
    "case": Reader("case.yaml", (CASE.encode(), *(one.read_bytes() for one in case_files([SCENARIOS]))), read_case),
    "checked": Reader("case.yaml", (CASE.encode(),), lambda file: run("check", "rules", file.name, "--no-expect")),
    "decision": Reader(
        "decision.yaml", (DECISION.encode(),), lambda file: run("decisions", file.name, "--rules", "rules", "--all")
    ),
    "population": Reader("spec.yaml", (POPULATION.encode(),), lambda file: load_population(known(), file)),
    "mapping": Reader("people.yaml", (MAPPING.encode(),), lambda file: load_mapping(known(), file)),
    "accepted": Reader(".accepted.yaml", (ACCEPTED.encode(),), lambda file: read_acceptances([file], checks())),
    "csv": Reader("table.csv", (CSV.encode(),), read_table),
    "json-lines": Reader("table.jsonl", (JSON_LINES.encode(),), read_table),
    "parquet": Reader("table.parquet", (parquet(),), read_table),
    "register": Reader("register.csv", tuple(REGISTER.encode(one) for one in ("utf-8", "utf-16")), read_register),
    "sheet": Reader("sheet.xml", (zipfile.ZipFile(io.BytesIO(workbook())).read(SHEET),), read_sheet),
    "spreadsheet": Reader("table.xlsx", (workbook(),), read_table),
    "answers": Reader("answers.csv", (ANSWERS.encode(),), read_answers),
    "about-answers": Reader("answers.csv.json", (ABOUT_ANSWERS.encode(),), read_answers),
    "assignment": Reader("text", (ASSIGNMENTS.encode(),), read_assignment, by_line=True),
    "arguments": Reader("text", (ARGUMENTS.encode(),), read_arguments, by_line=True),
    "progress": Reader("me.json", (PROGRESS.encode(),), read_progress),
    "typed": Reader("text", (TYPED.encode(),), read_typed, by_line=True),
    "spoken": Reader("text", (SPOKEN.encode(),), read_spoken, by_line=True),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a rulebook and a case."""
    monkeypatch.chdir(tmp_path)
    Path("rules").mkdir()
    Path("rules/rulebook.yaml").write_bytes(LAW)
    Path("case.yaml").write_text(CASE, encoding="utf-8")
    return tmp_path


def read_mutilated(name: str, numbers: Iterable[int], folder: Path) -> None:
    """Read so many mutilated inputs; only what says what is wrong with them may come out."""
    reader = READERS[name]
    samples = reader.samples
    if reader.by_line:
        samples = tuple(line for text in samples for line in text.splitlines())
    for number in numbers:
        chance = random.Random(f"{name} {number}")  # noqa: S311 - reproducible
        data = mutilated(chance.choice(samples), samples, chance)
        (folder / reader.file).write_bytes(data)
        try:
            reader.read(folder / reader.file)
        except (ProblemsFound, NotAnAssignment, NotAValue):
            continue
        except Exception as defect:
            defect.add_note(f"{name} {number}: {data!r}")
            raise


@pytest.mark.parametrize("name", READERS)
def test_some(name: str, folder: Path) -> None:
    read_mutilated(name, range(QUICK), folder)


@pytest.mark.long
@pytest.mark.parametrize("start", range(0, MANY, PORTION))
@pytest.mark.parametrize("name", READERS)
def test_more_than_ten_thousand(name: str, start: int, folder: Path) -> None:
    read_mutilated(name, range(start, start + PORTION), folder)


@pytest.mark.parametrize("name", READERS)
def test_what_is_not_mutilated_is_read(name: str, folder: Path) -> None:
    """Else nothing would be tested but the first check."""
    reader = READERS[name]
    for sample in reader.samples[:1]:
        for data in sample.splitlines() if reader.by_line else [sample]:
            (folder / reader.file).write_bytes(data)
            reader.read(folder / reader.file)
