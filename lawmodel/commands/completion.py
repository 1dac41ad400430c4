"""Completion by shells of what a rulebook names: questions, readings, stages, tellings, outcomes, facts, entries.

What a parameter takes is said by its metavar, as the help shows it. Nothing here is ever an error: where no rulebook
can be read there is nothing to complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from typing import Any, Final, TypeAlias, assert_never

import click
from click.shell_completion import BashComplete, CompletionItem, add_completion_class, shell_complete

from lawmodel.commands.options import rulebook_of
from lawmodel.inputs import UNKNOWN
from lawmodel.rulebook.model import Fact, Rulebook
from lawmodel.safe_text import safe_line

Names: TypeAlias = Iterable[tuple[str, str]]
"""What can be written, and what it is."""
Source: TypeAlias = Callable[[Rulebook, Mapping[str, Any], str], Names]
"""From a rulebook, what was given before, and what is typed so far."""


def complete(program: click.Command, name: str, variable: str, instruction: str) -> int:
    """Answer a shell; the exit code."""
    add_completion_class(_Bash)
    try:
        return shell_complete(program, {}, name, variable, instruction)
    except Exception:
        return 1


def completing(command: click.Command) -> click.Command:
    """A verb whose parameters are completed where they take what a rulebook names."""
    other = copy(command)
    other.params = list(map(_completing, command.params))
    return other


def _completing(parameter: click.Parameter) -> click.Parameter:
    name = parameter.name or ""
    source = _SOURCES.get(name) or _SOURCES.get((parameter.metavar or name.upper()).strip("[]."))
    if source is None or isinstance(parameter.type, click.Choice):
        return parameter
    other = copy(parameter)
    other.type = _Named(source)
    return other


class _Named(click.ParamType[Any]):
    """What a rulebook names."""

    name = "name"

    def __init__(self, source: Source) -> None:
        self._source = source

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names that begin as is typed."""
        try:
            found = self._source(rulebook_of(ctx.params.get("rules") or ()), ctx.params, incomplete)
            return [
                CompletionItem(name, help=safe_line(" ".join(says.split())) or None)
                for name, says in dict(found).items()
                if name.startswith(incomplete)
            ]
        except (OSError, ValueError, LookupError, TypeError):  # `ProblemsFound` is a ValueError
            return []


class _Bash(BashComplete):
    """Bash takes a word apart at each `=`; here it is put together again."""

    _held = ""
    """What bash holds for finished of the word that is completed."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The finished words after the program's name, and the one that is being typed."""
        args, incomplete = super().get_completion_args()
        words: list[str] = []
        for word in (*args, *([incomplete] if incomplete else [])):
            if words and (word == "=" or words[-1].endswith("=")):
                words[-1] += word
            else:
                words.append(word)
        if not incomplete:
            return words, ""
        typed = words.pop()
        value = typed.partition("=")[2] if typed.startswith("-") else typed
        self._held = value[: value.rfind("=") + 1]
        return words, typed

    def format_completion(self, item: CompletionItem) -> str:
        """The kind of an item, and what of it bash is to insert."""
        item.value = item.value.removeprefix(self._held)
        return super().format_completion(item)


# --- what there is --------------------------------------------------------------------------------------


def _titled(section: str) -> Source:
    def names(rulebook: Rulebook, given: Mapping[str, Any], typed: str) -> Names:
        for one in getattr(rulebook, section).values():
            yield one.id, _says(one)

    return names


def _says(entry: Any) -> str:
    """What an entry is, in a few words."""
    return next((str(said) for key in ("title", "yes", "means", "says") if (said := getattr(entry, key, None))), "")


def _stages(rulebook: Rulebook, given: Mapping[str, Any], typed: str) -> Names:
    return [(one.id, one.says) for one in rulebook.stages]


def _outcomes(rulebook: Rulebook, given: Mapping[str, Any], typed: str) -> Names:
    asked = given.get("questions") or given.get("question") or rulebook.questions
    for name in (asked,) if isinstance(asked, str) else asked:
        for one in rulebook.questions[name].outcomes:
            yield one.id, one.means


def _limbs(rulebook: Rulebook, given: Mapping[str, Any], typed: str) -> Names:
    for section in ("provisions", "concepts"):
        yield from _titled(section)(rulebook, given, typed)


def _entries(rulebook: Rulebook, given: Mapping[str, Any], typed: str) -> Names:
    sections = ("questions", "provisions", "concepts", "conclusions", "consequences", "readings", "numbers", "dates")
    for section in (*sections, "tellings", "properties", "instruments", "sources", "gaps", "choices"):
        yield from _titled(section)(rulebook, given, typed)
    yield from _outcomes(rulebook, {}, typed)
    yield from _stages(rulebook, given, typed)
    yield from ((path, fact.title) for path, fact in _facts(rulebook))


def _facts(rulebook: Rulebook) -> Iterator[tuple[str, Fact]]:
    """Every fact, list, and field of a list."""
    for path, fact in rulebook.facts.items():
        yield path, fact
        yield from ((f"{path}.{one.id}", one) for one in fact.of)


def _inputs(rulebook: Rulebook, given: Mapping[str, Any], typed: str) -> Names:
    """What may change or stay: facts, groups of facts, lists, their fields, readings."""
    yield from ((path, fact.title) for path, fact in _facts(rulebook))
    yield from ((path.partition(".")[0], "all of these facts") for path in rulebook.facts if "." in path)
    yield from _titled("readings")(rulebook, given, typed)


def _columns(rulebook: Rulebook, given: Mapping[str, Any], typed: str) -> Names:
    yield from (("ground", "the grounds of the answer"), ("status", "determined, or it depends"))
    yield from ((path, fact.title) for path, fact in _facts(rulebook))


def _chosen(rulebook: Rulebook, given: Mapping[str, Any], typed: str) -> Names:
    """Readings with their options."""
    return _with_values(
        {
            name: (one.title, {**{option.id: option.says for option in one.options}, UNKNOWN: "left open"})
            for name, one in rulebook.readings.items()
        },
        typed,
    )


def _assigned(rulebook: Rulebook, given: Mapping[str, Any], typed: str) -> Names:
    """Facts with their values."""
    return _with_values({path: (fact.title, _values(rulebook, fact)) for path, fact in _facts(rulebook)}, typed)


def _changed(rulebook: Rulebook, given: Mapping[str, Any], typed: str) -> Names:
    yield from _assigned(rulebook, given, typed)
    yield from _chosen(rulebook, given, typed)


def _values(rulebook: Rulebook, fact: Fact) -> dict[str, str]:
    match fact.sort:
        case "yes/no":
            return {"yes": fact.yes or "", "no": fact.no or "", UNKNOWN: "not known"}
        case "choice":
            return {**rulebook.choices_of(fact), UNKNOWN: "not known"}
        case "records":
            return {"[]": fact.none or "none", UNKNOWN: "not known"}
        case "date" | "number":
            return {"": fact.title, **{word: one.says for word, one in fact.words.items()}, UNKNOWN: "not known"}
        case _:
            assert_never(fact.sort)


def _with_values(known: Mapping[str, tuple[str, Mapping[str, str]]], typed: str) -> Names:
    """The names that begin as is typed; with their values where only one is left."""
    name, equals, _ = typed.partition("=")
    left = [one for one in known if (one == name if equals else one.startswith(name))]
    for one in left:
        title, values = known[one]
        if len(left) > 1:
            yield f"{one}=", title
        else:
            yield from ((f"{one}={value}", says) for value, says in values.items())


def _versions(rulebook: Rulebook, given: Mapping[str, Any], typed: str) -> Names:
    """What two versions of the law are called: of `diff KIND`, and of `find --differ`."""
    names = given.get("names")
    match given.get("kind") or given.get("differ"):
        case "reading" if names:
            return [(one.id, one.says) for one in rulebook.readings[names[0]].options]
        case "reading":
            return _titled("readings")(rulebook, given, typed)
        case "stage":
            return _stages(rulebook, given, typed)
        case "telling":
            return _titled("tellings")(rulebook, given, typed)
    return []


_SOURCES: Final[Mapping[str, Source]] = {
    "QUESTION": _titled("questions"),
    "READING=OPTION": _chosen,
    "READING": _titled("readings"),
    "STAGE": _stages,
    "TELLING": _titled("tellings"),
    "OUTCOME": _outcomes,
    "PROVISION": _titled("provisions"),
    "CONSEQUENCE": _titled("consequences"),
    "PROPERTY": _titled("properties"),
    "FACT=VALUE": _assigned,
    "NAME=VALUE": _changed,
    "ID": _entries,
    "BEFORE AFTER": _versions,
    "NAME": _versions,
    "provision": _limbs,
    "keep": _inputs,
    "free": _inputs,
    "by": _columns,
}
"""By the name of a parameter in small letters, or by its metavar."""
