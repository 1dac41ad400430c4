"""A messy table of the cafés of `tests.batch.cafes`, and a mapping for it."""

from __future__ import annotations

from pathlib import Path

from tests.batch.cafes import RULES

HEADINGS = "No.;Name of guest;Came;Visits per year (in dozens);Where;Paid?;1st site;Hours;2nd site;2nd hours;Notes"
ROWS = (
    "1;Ann;03.01.2026;0,5;Café;да;café;3;;;see 2",
    "2;Bo;14.02.2026;?;House;нет;at home;н/д;house;4;",
    "3;Cy;;2 dozen;house;1;never;;;;",
    "4;Di;05/03/26;;café;0;;;;;",
    "5;Ed;05/03/26;1;café;н/д;н/д;;;;",
    ";;;;;;;;;;",
    "Total;5;;;;;;;;;",
)
MESSY = "\n".join(("List of guests;;;;;;;;;;", HEADINGS, *ROWS)) + "\n"
MAPPING = """
table:
  dates: [day.month.year, day/month/yy]
  unknown: ["?", н/д]
  yes: да
  no: нет
  skip: {No.: Total}
columns:
  No.: case
  Name of guest: ignore
  Came: day
  Visits per year (in dozens): {fact: times, times: 12, unit: dozen}
  Where: {fact: place, values: {house: home}}
  Paid?: paid
  1st site: {fact: "visits[1].site", values: {never: no record, at home: home}}
  Hours: visits[1].hours
  2nd site: {fact: "visits[2].site", values: {house: home}}
  2nd hours: visits[2].hours
  Notes: ignore
defaults: {left: 2026-01-01}
"""
PLAIN = """case,day,times,place,paid,visits,left
1,2026-01-03,6,café,yes,"[{""site"": ""café"", ""hours"": 3}]",2026-01-01
2,2026-02-14,,home,no,"[{""site"": ""home""}, {""site"": ""home"", ""hours"": 4}]",2026-01-01
3,,24,home,yes,[],2026-01-01
4,2026-03-05,,café,no,,2026-01-01
5,2026-03-05,12,café,,,2026-01-01
"""
"""The same as it would be written by hand in the names of facts."""


def laid_out(folder: Path, table: str = MESSY, mapping: str = MAPPING) -> tuple[Path, Path]:
    """The table and the mapping as files, beside the rulebook."""
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    people, said = folder / "people.csv", folder / "people.yaml"
    people.write_text(table, encoding="utf-8")
    said.write_text(mapping, encoding="utf-8")
    return people, said
