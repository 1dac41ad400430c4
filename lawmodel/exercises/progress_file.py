"""Logs of answers, written to a file of the student's own and read from one.

It comes from a browser or from another machine as well: it is read strictly, with the place of what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from lawmodel.exercises.exercise import KINDS
from lawmodel.exercises.progress import (
    MOST_ANSWERS,
    MOST_HINTS,
    MOST_POINTS,
    LoggedAnswer,
    StudentProgress,
    merged,
    parsed_time,
)
from lawmodel.json_text import Bounds, JsonText, read_json
from lawmodel.json_text import Path as JsonPath
from lawmodel.output_files import save_text
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.results.encoder import encode
from lawmodel.safe_text import UNSHOWN, json_text
from lawmodel.user_files import Unreadable, read_file
from lawmodel.when_used import expression_when_used

FORMAT: Final = "lawmodel-progress"
EDITION: Final = 1
LONGEST_NAME: Final = 200
MOST_BYTES: Final = 40_000_000
MOST_TOLD: Final = 20
"""So many mistakes of one file are told."""
_BOUNDS: Final = Bounds(MOST_BYTES, 2_500_000, 5)
_MEND: Final = "Name a file that `lawmodel quiz --progress` or the workbench wrote, as it was written."
_SHARE: Final = expression_when_used(r"(?:0|1|[1-9]\d{0,4}/[1-9]\d{0,4})")
_HASH: Final = expression_when_used(r"[0-9a-f]{64}")


def progress_text(progress: StudentProgress) -> str:
    """The text of a file of progress."""
    return json_text(encode(progress), indent=1) + "\n"


def save_progress(path: Path, progress: StudentProgress) -> StudentProgress:
    """Write a log, whole or not at all, together with what meanwhile stands there; what was written.

    Raises `ProblemsFound`.
    """
    together = merged(progress, progress_in(path))
    save_text(path, progress_text(together))
    return together


def progress_in(path: Path) -> StudentProgress:
    """The log in a file; empty where there is none yet. Raises `ProblemsFound`."""
    if not path.exists() and not path.is_symlink():
        return StudentProgress()
    try:
        return parse_progress(read_file(path, MOST_BYTES).decode(), str(path))
    except UnicodeDecodeError:
        said, mend = "this is no text in UTF-8", _MEND
    except Unreadable as unread:
        said, mend = unread.message, unread.mend
    raise ProblemsFound([Problem(said, mend, str(path))])


def parse_progress(text: str, file: str = "progress.json") -> StudentProgress:
    """The log in a text; raises `ProblemsFound` with what is wrong, and where."""
    found = read_json(text, file, "a file of progress", _BOUNDS)
    plain = found.plain
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise ProblemsFound([_problem(found, (), f'this is no file of progress: `format` is not "{FORMAT}"')])
    if plain.get("edition") is not EDITION:
        message = f"`edition` is not {EDITION}, the only one that is known"
        raise ProblemsFound([_problem(found, ("edition",), message)])
    problems = list(_keys_wrong(found, (), plain, {"format", "edition", "answers"}))
    answers = plain.get("answers")
    if not isinstance(answers, list):
        problems.append(_problem(found, ("answers",), "`answers` is no list"))
        answers = []
    if len(answers) > MOST_ANSWERS:
        problems.append(_problem(found, ("answers",), f"there are more than {MOST_ANSWERS:,} answers"))
        answers = []
    read: list[LoggedAnswer] = []
    for number, one in enumerate(answers):
        wrong = list(_wrong_in(found, ("answers", number), one))
        problems += wrong
        if len(problems) >= MOST_TOLD:
            break
        if not wrong:
            read.append(_answer(one))
    if problems:
        raise ProblemsFound(problems[:MOST_TOLD])
    return merged(StudentProgress(tuple(read)))


def _problem(found: JsonText, path: JsonPath, message: str) -> Problem:
    place = found.place(path)
    return Problem(message, _MEND, place.file, place.line, place.column)


def _keys_wrong(found: JsonText, path: JsonPath, plain: Mapping[str, Any], keys: Iterable[str]) -> Iterator[Problem]:
    for key in plain.keys() - keys:
        yield _problem(found, (*path, key), f"there is no key `{key}` here")
    for key in keys - plain.keys():
        yield _problem(found, path, f"`{key}` is missing")


def _wrong_in(found: JsonText, path: JsonPath, plain: object) -> Iterator[Problem]:
    """What is wrong with one answer."""
    if not isinstance(plain, dict):
        yield _problem(found, path, "an answer is an object with keys")
        return
    yield from _keys_wrong(found, path, plain, LoggedAnswer.json_keys.keys())
    for key, value in plain.items():
        said = _WRONG[key](value) if key in _WRONG else None
        if said is not None:
            yield _problem(found, (*path, key), f"`{key}` {said}")
    points, missed = plain.get("points"), plain.get("missed")
    if _names_wrong(points) is None and _names_wrong(missed) is None and not {*missed} <= {*points}:  # type: ignore[misc]
        yield _problem(found, (*path, "missed"), "`missed` names what is none of the `points`")


def _name_wrong(value: object) -> str | None:
    if not isinstance(value, str) or not 1 <= len(value) <= LONGEST_NAME or UNSHOWN.search(value):
        return f"is no name: a text of at most {LONGEST_NAME} characters on one line"
    return None


def _names_wrong(value: object) -> str | None:
    if not isinstance(value, list) or len(value) > MOST_POINTS or any(map(_name_wrong, value)):
        return f"is no list of at most {MOST_POINTS} names"
    return "names something twice" if len({*value}) < len(value) else None


def _share_wrong(value: object) -> str | None:
    said = 'is no share such as "2/5", "1" or "0"'
    if not isinstance(value, str) or not _SHARE.fullmatch(value):
        return said
    return said if Fraction(value) > 1 or str(Fraction(value)) != value else None


def _time_wrong(value: object) -> str | None:
    try:
        parsed_time(value if isinstance(value, str) else "")
    except ValueError:
        return "is no time such as 2026-11-29T21:00:00Z"
    return None


def _hints_wrong(value: object) -> str | None:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_HINTS:
        return f"is no number from 0 to {MOST_HINTS}"
    return None


_WRONG: Final[Mapping[str, Callable[[object], str | None]]] = {
    "exercise": _name_wrong,
    "kind": lambda value: None if value in KINDS else f"is none of {', '.join(KINDS)}",
    "question": _name_wrong,
    "points": lambda value: "is empty" if value == [] else _names_wrong(value),
    "missed": _names_wrong,
    "share": _share_wrong,
    "hints": _hints_wrong,
    "chosen": _names_wrong,
    "at": _time_wrong,
    "rulebook": lambda value: (
        None if value is None or (isinstance(value, str) and _HASH.fullmatch(value)) else "is no hash of a rulebook"
    ),
}
"""What is wrong with the value under each key; None: nothing."""


def _answer(plain: Mapping[str, Any]) -> LoggedAnswer:
    return LoggedAnswer(
        exercise=plain["exercise"],
        kind=plain["kind"],
        question=plain["question"],
        points=tuple(plain["points"]),
        missed=tuple(plain["missed"]),
        share=Fraction(plain["share"]),
        hints=plain["hints"],
        chosen=tuple(plain["chosen"]),
        at=parsed_time(plain["at"]),
        rulebook=plain["rulebook"],
    )
