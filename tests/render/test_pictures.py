"""Pictures hold everything they are to show, inside their edges, and no two words of them on each other."""

from __future__ import annotations

import datetime
import re
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawmodel.document import (
    DayRange,
    Document,
    Ladder,
    Lane,
    LaneMark,
    LaneSpan,
    Picture,
    Rung,
    Span,
    TimeLine,
    Truth,
    plain,
    reading,
    text,
)
from lawmodel.render.formats import html, markdown
from lawmodel.render.pictures import ladder, time_line
from lawmodel.render.pictures.axis import Axis
from lawmodel.render.pictures.lists import as_list
from lawmodel.render.pictures.svg import LINE, SIZE, line_width, put, words_width, wrapped
from tests.render.documents import DAYS, LADDERS, TEXTS, TIME_LINES, texts_in
from tests.render.drawings import drawn, in_order

STYLE = files("lawmodel.render.formats").joinpath("page.css").read_text(encoding="utf-8")
LEAST_SIZE = 11
NARROWEST = 288
"""Pixels that a page 320 pixels wide leaves for a picture."""
REM = 16


@given(TIME_LINES | LADDERS)
def test_everything_is_inside_and_no_words_overlap(picture: Picture) -> None:
    for one in drawn(picture):
        in_order(one)


@given(TIME_LINES | LADDERS)
def test_the_same_picture_is_the_same_drawing(picture: Picture) -> None:
    assert [one.said for one in drawn(picture)] == [one.said for one in drawn(picture)]
    page = Document(text("T"), (picture,))
    assert html.render(page) == html.render(page)


@given(TIME_LINES)
def test_each_day_is_drawn_where_it_is_known_and_told_in_the_list(line: TimeLine) -> None:
    known = sum(mark.day.known is not None for lane in line.lanes for mark in lane.marks)
    for one in drawn(line):
        assert sum(kind in ("day", "step") for kind in one.classes) == known
    told = "".join(texts_in(as_list(line)))
    for words in [*(mark.says for lane in line.lanes for mark in lane.marks), *(lane.title for lane in line.lanes)]:
        assert plain(words) in told


@given(st.lists(DAYS | st.dates(), min_size=1, max_size=12))
def test_later_days_stand_further_right_however_the_axis_is_cut(days: list[datetime.date]) -> None:
    axis = Axis(days, 20, 600)
    places = [axis.x(day) for day in sorted(set(days))]
    assert all(20 <= place <= 600.001 for place in places)
    assert all(one < other for one, other in pairwise(places))
    ticks = axis.ticks()
    assert ticks
    assert all(other.x - one.x >= 80 for one, other in pairwise(ticks))


@pytest.mark.parametrize("day", [datetime.date.min, datetime.date(2026, 1, 1), datetime.date.max])
def test_a_day_alone_has_an_axis(day: datetime.date) -> None:
    axis = Axis([day], 20, 600)
    assert 20 <= axis.x(day) <= 600
    assert axis.ticks()


def test_the_axis_is_cut_where_nothing_happens_for_long_and_only_there() -> None:
    days = [
        datetime.date(2009, 12, 17),
        datetime.date(2025, 5, 1),
        datetime.date(2026, 3, 19),
        datetime.date(2026, 6, 1),
    ]
    assert len(Axis(days, 0, 700).cuts) == 1
    assert not Axis(days[1:], 0, 700).cuts
    assert not Axis(days[:2], 0, 700).cuts, "two days alone are as far apart as anything"


@given(TEXTS, st.floats(40, 500))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(said: tuple[object, ...], width: float) -> None:
    lines = wrapped(said, width)  # type: ignore[arg-type]
    assert all(line_width(line) <= width for line in lines)
    assert "".join(word.says for line in lines for word in line) == plain(said)  # type: ignore[arg-type]


def test_a_line_is_broken_between_words_and_in_a_long_word_after_a_hyphen() -> None:
    said = text("Reading ", reading("stage-of-persecution"), ": only")
    lines = ["".join(word.says for word in line).rstrip() for line in wrapped(said, 120)]
    assert lines == ["Reading stage-", "of-persecution:", "only"]
    assert ["".join(word.says for word in line) for line in wrapped(text("Law No. 50-FZ"), 60)] == ["Law No. ", "50-FZ"]


def test_the_blanks_between_two_styles_belong_to_what_stands_before_them() -> None:
    (line,) = wrapped((Span("25 June 2026"), Span("  (in force)", "faint"), Span(" now", "strong")), 600)
    drawn = put(line, 0, 0)
    assert drawn.index("25 June 2026  <") < drawn.index('<tspan class="faint">(in force) </tspan>')
    assert drawn.endswith('<tspan class="strong">now</tspan></text>')


def test_what_a_text_holds_is_neither_markup_nor_steers() -> None:
    wicked = text('</text><script>alert(1)</script> "x" & \x1b[31m\u202e')
    day = DayRange(datetime.date(2026, 1, 1), datetime.date(2026, 1, 1))
    line = TimeLine("<b>\x1b", (Lane(wicked, (LaneSpan(day, None, wicked),), (LaneMark(day, wicked),), wicked),))
    rungs = Ladder("<b>\x1b", (Rung(wicked, "met", "any", (Rung(wicked, "met"), Rung(wicked, "not met"))),))
    for picture, found in ((line, time_line.drawings(line)), (rungs, ladder.drawings(rungs))):
        assert "<script" not in found
        assert "<b>" not in found
        assert not re.search("[\x1b\u202e]", found)
        assert "&lt;script&gt;" in found
        assert drawn(picture)


def test_words_of_east_asia_are_given_their_room() -> None:
    assert words_width("条文") == 2 * SIZE
    assert words_width("e\u0301") == words_width("e")


@pytest.mark.parametrize(
    ("kind", "wide", "narrow"),
    [("timeline", time_line.WIDE, time_line.NARROW), ("ladder", ladder.WIDE, ladder.NARROW)],
)
def test_letters_are_never_small(kind: str, wide: float, narrow: float) -> None:
    found = re.search(rf"@container \(max-width: (\d+)rem\) {{ \.{kind} \.wide {{ display: none; }}", STYLE)
    assert found
    assert SIZE * int(found[1]) * REM / wide >= LEAST_SIZE
    assert SIZE * NARROWEST / narrow >= LEAST_SIZE
    assert LINE > SIZE


def test_where_a_case_fails_its_way_ends_and_nothing_after_is_reached() -> None:
    truths: list[Truth] = ["met", "not met", "met"]
    found = drawn(Ladder("a rule", tuple(Rung(text(f"condition {at}"), one) for at, one in enumerate(truths))))
    for one in found:
        assert one.said.count("here it ends") == 1
        ending = next(y for _, _, y, says in one.words if says == "here it ends")
        after = next(y for _, _, y, says in one.words if says == "condition 2")
        assert ending < after


def test_of_alternatives_those_that_fail_beside_one_that_is_met_end_nothing() -> None:
    either = Rung((), "met", "any", (Rung(text("serving"), "met"), Rung(text("fought"), "not met")))
    assert not any("here it ends" in one.said for one in drawn(Ladder("a rule", (either,))))
    neither = Rung((), "not met", "any", (Rung(text("serving"), "not met"), Rung(text("fought"), "not met")))
    assert all(one.said.count("here it ends") == 2 for one in drawn(Ladder("a rule", (neither,))))


def test_without_a_case_there_is_no_way_through() -> None:
    for one in drawn(Ladder("a rule", (Rung(text("a condition")), Rung(text("it follows"), is_end=True)))):
        assert "path" not in one.classes
        assert "wire" in one.classes


def test_a_page_has_the_picture_with_title_description_and_the_same_as_a_list() -> None:
    page = html.render(Document(text("T"), (Ladder("a rule", (Rung(text("a condition"), "met"),)),)))
    assert page.count('role="img"') == 2
    assert page.count("<title>a rule</title><desc>") == 2
    assert "<summary>The same as a list</summary>" in page
    assert "✓" in page
    assert "- ✓ a condition" in markdown.render(
        Document(text("T"), (Ladder("a rule", (Rung(text("a condition"), "met"),)),))
    )


def test_a_time_line_without_any_day_is_a_list_alone() -> None:
    unknown = TimeLine("when", (Lane(text("Request"), (), (LaneMark(DayRange(), text("not known: the day")),)),))
    page = html.render(Document(text("T"), (unknown,)))
    assert "<svg" not in page
    assert "not known: the day" in page


def test_what_is_too_much_to_be_drawn_is_told_as_a_list() -> None:
    rungs = tuple(Rung(text(f"condition {at}")) for at in range(ladder.MOST_DRAWN + 1))
    day = datetime.date(2026, 1, 1)
    lanes = tuple(
        Lane(text(f"service {at}"), (), (LaneMark(DayRange(day, day), text("a day")),))
        for at in range(time_line.MOST_LANES + 1)
    )
    for picture, last in ((Ladder("a rule", rungs), "condition 60"), (TimeLine("when", lanes), "service 40")):
        page = html.render(Document(text("T"), (picture,)))
        assert "<svg" not in page
        assert "The same as a list" not in page
        assert last in page


def test_of_a_lane_with_very_many_days_the_days_alone_are_drawn() -> None:
    days = [datetime.date(2026, 1, 1) + datetime.timedelta(days=at) for at in range(1000)]
    marks = tuple(LaneMark(DayRange(day, day), text(f"a step on {day}")) for day in days)
    line = TimeLine("when", (Lane(text("A law"), (), marks),))
    wide = drawn(line)[0]
    assert wide.classes.count("day") == 1000
    assert "a step on" not in wide.said
    assert str(days[-1]) in "".join(texts_in(as_list(line)))
