"""A typed stub of a rulebook's cases (`.pyi`), so that editors and type checkers know its facts."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import assert_never

from lawmodel.case.shape import Group, Member, class_name, shape_of
from lawmodel.case.values import UNKNOWN
from lawmodel.rulebook.model import Fact, Rulebook

WIDTH = 120
MOST_IN_A_LINE = 70
HEAD = '''\
"""Typed cases under the rulebook: {title}.

Written by `lawmodel schema stub`: write it again when the facts of the rulebook change.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from lawmodel.case.model import CaseModel, FactGroup

Bounds: TypeAlias = Mapping[Literal["after", "before"], datetime.date]
Day: TypeAlias = datetime.date | Bounds
YesNo: TypeAlias = bool | Literal["{unknown}"] | None
Number: TypeAlias = int | Literal["{unknown}"] | None
Span: TypeAlias = str | None
"""As `12 months`; or `{unknown}`."""
'''


def stub(rulebook: Rulebook) -> str:
    """The text of the stub."""
    shape = shape_of(rulebook)
    lines = [HEAD.format(title=_in_docstring(rulebook.title), unknown=UNKNOWN)]
    ordinary = [path for path, fact in rulebook.facts.items() if fact.ordinary is not None]
    stages = [stage.id for stage in rulebook.stages]
    for name, values in (
        ("QuestionName", list(rulebook.questions)),
        ("StageName", stages),
        ("Presumable", ordinary),
    ):
        lines.append(f"{name}: TypeAlias = {_literal(values, 0) if values else 'str'}")
    for name, choices in rulebook.choices.items():
        if class_name(name):
            lines.append(f"{class_name(name)}: TypeAlias = {_literal([*choices.of, UNKNOWN], 0)} | None")
    for group in shape.within():
        lines += ["", *_class(rulebook, group, "CaseModel" if group is shape else "FactGroup")]
        if group is shape:
            lines.append("    questions: Sequence[QuestionName] = ...")
            lines.append('    presume: Literal["ordinary", "nothing"] | Sequence[Presumable] = ...')
            lines.append("    stage: StageName | None = ...")
    return "\n".join(lines) + "\n"


def _class(rulebook: Rulebook, group: Group, base: str) -> Iterator[str]:
    yield f"class {group.class_name}({base}, frozen=True):"
    yield from _docstring(group.says)
    yield ""
    for member in group.members:
        yield f"    {member.name}: {_type(rulebook, member)} = ..."
        if member.fact is not None:
            yield from _docstring(member.fact.ask)


def _type(rulebook: Rulebook, member: Member) -> str:
    if member.fact is None:
        assert member.group is not None
        return member.group.class_name
    if member.group is not None:
        return f'Sequence[{member.group.class_name}] | Literal["{UNKNOWN}"] | None'
    return _value_type(rulebook, member.fact)


def _value_type(rulebook: Rulebook, fact: Fact) -> str:
    match fact.type:
        case "yes/no":
            return "YesNo"
        case "number":
            return f"Number | {_literal([*fact.words])}" if fact.words else "Number"
        case "span":
            return "Span"
        case "date":
            return f"Day | {_literal([*fact.words, UNKNOWN])} | None"
        case "choice":
            if isinstance(fact.choices, str) and class_name(fact.choices):
                return class_name(fact.choices)
            return f"{_literal([*rulebook.choices_of(fact), UNKNOWN])} | None"
        case "records":
            raise TypeError("the type of a list is its class of records")
        case _:
            assert_never(fact.type)


def _literal(values: Iterable[str], indent: int = 4) -> str:
    """The texts as a type, on several lines where they are many."""
    joined = ", ".join(_quoted(value) for value in values)
    if len(joined) <= MOST_IN_A_LINE:
        return f"Literal[{joined}]"
    margin = " " * (indent + 4)
    filled = textwrap.fill(joined + ",", WIDTH, initial_indent=margin, subsequent_indent=margin, break_on_hyphens=False)
    return f"Literal[\n{filled}\n{' ' * indent}]"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _docstring(text: str) -> list[str]:
    return textwrap.wrap(
        f'"""{_in_docstring(text)}"""', WIDTH, initial_indent="    ", subsequent_indent="    ", break_long_words=False
    )


def _in_docstring(text: str) -> str:
    """The text with nothing in it that could end a docstring early."""
    safe = text.replace("\\", "\\\\").replace('"""', "'''")
    return f"{safe} " if safe.endswith('"') else safe
