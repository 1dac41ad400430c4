"""The JSON of a request: read strictly, and bounded."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final

from lawmodel.case.values import MOST_NUMBER
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.service.calls.pointer import pointer
from lawmodel.service.limits import MOST_DEPTH, MOST_VALUES

MOST_DIGITS: Final = 400
"""Of a number. The longest that means anything has sixteen."""


class UnreadableBody(ProblemsFound):
    """A body is no JSON, or more of it than is read."""


def read_json(body: bytes) -> Any:
    """The plain data that a body holds; raises `UnreadableBody`.

    Keys that stand there twice are refused, as are numbers that JSON does not have, and text that is not UTF-8. Linear
    in the size of the body.
    """
    try:
        plain = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_int=_whole_number,
            parse_float=_number,
        )
    except UnicodeDecodeError as error:
        raise _wrong(f"byte {error.start} of the body is not UTF-8 text", "Send UTF-8.") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        message = f"the body is not JSON: {error.msg[:1].lower()}{error.msg[1:]} ({where})"
        raise _wrong(message, "Check the brackets, commas and quotation marks there.") from None
    except RecursionError:
        raise _too_deep("") from None
    _raise_unless_bounded(plain)
    return plain


def _wrong(message: str, mend: str, place: str = "") -> UnreadableBody:
    return UnreadableBody([Problem(message, mend, place)])


def _too_deep(place: str) -> UnreadableBody:
    return _wrong(f"the body is nested more than {MOST_DEPTH} deep", "A case needs five.", place)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise _wrong(f"the key `{twice[:80]}` stands twice in one object", "Remove or rename one of the two.")
    return found


def _no_constant(name: str) -> Any:
    raise _wrong(f"JSON has no number {name}", "Leave the key out, or give a number.")


def _whole_number(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise _wrong(f"a number has more than {MOST_DIGITS} digits", "Check it.")
    return int(digits)


def _number(text: str) -> int | float:
    """A number with a point or an exponent; JSON Schema takes 62.0 for a whole number."""
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < MOST_NUMBER else number


def _raise_unless_bounded(plain: Any) -> None:
    """Refuse what goes too deep, or holds too many values."""
    values, ahead = 0, [(plain, "", 1)]
    while ahead:
        held, place, depth = ahead.pop()
        values += 1
        if values + len(ahead) > MOST_VALUES:
            raise _wrong(f"the body has more than {MOST_VALUES:,} values", "Send only what matters.")
        if isinstance(held, dict | list):
            if depth > MOST_DEPTH:
                raise _too_deep(place)
            keyed = held.items() if isinstance(held, dict) else enumerate(held)
            ahead += [(value, pointer(place, key), depth + 1) for key, value in keyed]
