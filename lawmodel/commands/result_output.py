"""How every verb shows its results: as a document in some format, or as plain data; on the screen or in a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from lawmodel.commands.options import law_paths
from lawmodel.dataclass import dataclass
from lawmodel.law_files import split_variant
from lawmodel.output_files import Output, check_outputs, save_bytes
from lawmodel.render.formats import as_bytes, format_named, format_names, is_binary, raise_unless_ready
from lawmodel.results.encoder import encode

if TYPE_CHECKING:
    from lawmodel.commands.json_output import Schema
    from lawmodel.document import Document

SHOWN: Final = "text"
"""The format of the screen, and of whoever asks for none."""


@dataclass(frozen=True, slots=True)
class DataFormat:
    """A format of plain data. It is made of the result itself: no document is made, and no words need be."""

    says: str
    """What ``--help`` says of it."""
    extensions: tuple[str, ...]
    is_older: Callable[[bytes], bool]
    """Tells an older result, which gives way, from a file of the user's."""


DATA: Final[Mapping[str, DataFormat]] = {
    "json": DataFormat(
        "Plain data for programs.",
        (".json", ".jsonl"),
        lambda head: (
            head.startswith((b'{"schema": "lawmodel/', b'{\n  "schema": "lawmodel/'))
            and not head.startswith(b'{"schema": "lawmodel/receipt"')
        ),  # which somebody may want to show one day
    ),
    "akoma-ntoso": DataFormat(
        "XML of legal documents (OASIS).", (".xml", ".akn"), lambda head: b"/legaldocml/ns/akn/3.0" in head
    ),
    "sarif": DataFormat(
        "Findings beside the lines of a pull request.", (".sarif",), lambda head: b'"name": "lawmodel"' in head
    ),
}
"""SARIF is one of `lint` alone, Akoma Ntoso of `annotate`."""


@dataclass(slots=True)
class ResultOutput:
    """Where the results of a run go, and in which form."""

    format: str
    """The name of a format, of documents or of data."""
    out: Path | None
    everything: bool
    """Whether what is folded is told in full on a terminal."""
    beside: bool = False
    """Whether standard output is taken by something else, so that the results go to standard error."""
    _documents: list[Document] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)

    @property
    def is_json(self) -> bool:
        """Whether plain data is wanted, and no words need be made."""
        return self.format in DATA

    @property
    def draws(self) -> bool:
        """Whether pictures are worth their work: on a terminal they are told only with everything else."""
        return self.format != SHOWN or self.everything

    def check(self, inputs: Iterable[Path]) -> None:
        """Refuse to write over what is named, or over a file of another kind; raises `ProblemsFound`."""
        check_outputs(self.places(), inputs)

    def places(self) -> list[Output]:
        """Where something is written: to be checked beside what else a verb writes."""
        return [] if self.out is None else [Output("--out", self.out, is_older=partial(_is_older, self.format))]

    def add(
        self,
        schema: Schema,
        result: object,
        document: Callable[[], Document],
        *,
        indent: int | None = None,
    ) -> None:
        """A result, which `encode` knows: its plain data, or its document, whichever is wanted.

        On the screen it is shown at once, so that what comes after it can be waited for.
        """
        if self.is_json:
            self.add_data(schema, result, indent=indent)
        else:
            self.add_document(document)

    def add_data(self, schema: Schema, result: object, *, indent: int | None = None, brief: bool = False) -> None:
        """A result as plain data, where that is wanted (`is_json`)."""
        from lawmodel.commands.json_output import json_line  # its many names take a while, and text needs none

        self.add_text(json_line(schema, encode(result, brief=brief), indent=indent))

    def add_document(self, document: Callable[[], Document]) -> None:
        """A document, where words are wanted: one of several that tell one result."""
        if self.format == SHOWN and self.out is None:
            self._show_now(document())
        else:
            self._documents.append(document())

    def add_text(self, written: str) -> None:
        """A result that is written already, in the form that is wanted."""
        if self.out is None:
            click.echo(written, err=self.beside)
        else:
            self._lines.append(written)

    def add_together(self, schema: Schema, results: Iterable[object], document: Callable[[], Document]) -> None:
        """Several results that are told in one document; as plain data each is an object of its own."""
        if self.is_json:
            for one in results:
                self.add_data(schema, one)
        else:
            self.add_document(document)

    def finish(self) -> None:
        """Write what has not been written yet; raises `ProblemsFound` where a file cannot be written."""
        lines, documents = self._lines, self._documents
        self._lines, self._documents = [], []
        if lines:
            told: str | bytes = "".join(f"{line}\n" for line in lines)
        elif documents:
            told = self._rendered(documents)
        else:
            return
        if self.out is not None:
            save_bytes(self.out, as_bytes(told))
        elif told:
            click.echo(told, nl=False, err=self.beside)

    def _show_now(self, document: Document) -> None:
        from lawmodel.render.terminal import console, show

        show(document, console(sys.stderr if self.beside else None), everything=self.everything)
        click.echo(err=self.beside)

    def _rendered(self, documents: Sequence[Document]) -> str | bytes:
        render = partial(format_named(self.format).render, everything=self.everything)
        if self.format == SHOWN:  # as on the screen: one after the other
            return "".join(f"{render(one)!s}\n" for one in documents)
        from lawmodel.document import together

        return render(together(documents))


def _is_older(name: str, head: bytes) -> bool:
    """Whether a file is an older result in this format, which may be replaced."""
    if name in DATA:
        return DATA[name].is_older(head)
    mark = format_named(name).MARK
    return mark is not None and mark.encode() in head


# --- options --------------------------------------------------------------------------------------------


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options ``--format``, ``--json``, ``--out`` and ``--all``; they arrive as ``output``, a `ResultOutput`.

    What the other arguments name as a path is never written over: no verb has to see to that.
    """
    return _with_output(command, "json")


def output_options_and_sarif(command: Callable[..., Any]) -> Callable[..., Any]:
    """As `output_options`, for a verb whose results may be written as SARIF too."""
    return _with_output(command, "json", "sarif")


def output_options_and_akoma_ntoso(command: Callable[..., Any]) -> Callable[..., Any]:
    """As `output_options`, for a verb whose results may be written as Akoma Ntoso too."""
    return _with_output(command, "json", "akoma-ntoso")


def output_options_with_to(command: Callable[..., Any]) -> Callable[..., Any]:
    """As `output_options`, for a verb that makes something to be handed in: ``--to`` is ``--format``."""
    return _with_output(command, "json", format_too="--to")


def format_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """As `output_options`, for verbs whose ``--out`` means something else: the result itself goes to the screen."""

    @wraps(command)
    def with_format(*, wanted: str | None, as_json: bool, everything: bool, **arguments: Any) -> Any:
        return _with(command, ResultOutput(_format_of(wanted, as_json), None, everything), **arguments)

    return _optioned(with_format, _format_option("json"), JSON, ALL)


def _with_output(command: Callable[..., Any], *data: str, format_too: str = "") -> Callable[..., Any]:
    @wraps(command)
    def with_output(*, wanted: str | None, as_json: bool, out: Path | None, everything: bool, **arguments: Any) -> Any:
        output = ResultOutput(_format_of(wanted, as_json, out, data), out, everything)
        return _with(command, output, **arguments)

    return _optioned(with_output, _format_option(*data, too=format_too), JSON, _out_option(*data), ALL)


class _FormatName(click.Choice[str]):
    """The name of a format, or an ending of its files: ``md`` is ``markdown``."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name."""
        if value not in self.choices:
            ending = f".{value}".lower()
            value = next((str(name) for name in self.choices if ending in _extensions(str(name))), value)
        return super().convert(value, param, ctx)


class _OptionOfFormats(click.Option):
    """An option whose help tells of all formats: they are imported when it is asked for."""

    def __init__(self, names: Sequence[str], tells: Callable[[], str], **named: Any) -> None:
        super().__init__(names, **named)
        self._tells = tells

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """What stands in the help."""
        self.help = self._tells()
        return super().get_help_record(ctx)


def _format_option(*data: str, too: str = "") -> Callable[[Any], Any]:
    def tells() -> str:
        return " ".join(f"{name}{' (default)' if name == SHOWN else ''}: {_says(name)}" for name in names)

    names = (SHOWN, *(name for name in format_names() if name != SHOWN), *data)
    written = ("--format", too) if too else ("--format",)
    return click.option(*written, "wanted", cls=_OptionOfFormats, tells=tells, type=_FormatName(names))


def _out_option(*data: str) -> Callable[[Any], Any]:
    def tells() -> str:
        usual = ", ".join(_extensions(name)[0] for name in (*format_names(), *data))
        return f"Write to this file; its ending says the format ({usual})."

    return click.option("--out", cls=_OptionOfFormats, tells=tells, type=click.Path(path_type=Path), metavar="FILE")


def _says(name: str) -> str:
    """What the help says of a format."""
    return DATA[name].says if name in DATA else (format_named(name).__doc__ or "").partition("\n")[0]


def _extensions(name: str) -> tuple[str, ...]:
    return DATA[name].extensions if name in DATA else format_named(name).EXTENSIONS


JSON: Final = click.option("--json", "as_json", is_flag=True, help="Plain data: the same as --format json.")
ALL: Final = click.option("--all", "everything", is_flag=True, help="Unfold everything.")


def _with(command: Callable[..., Any], output: ResultOutput, **arguments: Any) -> Any:
    _check_format(output)
    output.check(_paths_named(arguments))
    ended = command(output=output, **arguments)
    output.finish()
    return ended


def _check_format(output: ResultOutput) -> None:
    """Refuse before the work a format that is not installed, and a file on a screen."""
    if output.is_json or output.format == SHOWN:
        return
    raise_unless_ready(output.format)
    stream = sys.stderr if output.beside else sys.stdout
    if output.out is None and is_binary(output.format) and stream.isatty():
        raise click.UsageError(f"{output.format} is not for the screen. Name a file: --out FILE.{output.format}.")


def _paths_named(arguments: Mapping[str, Any]) -> Iterator[Path]:
    """Every file and folder that the arguments of a verb name, and the law where it is the supplied one."""
    for name, value in arguments.items():
        for one in law_paths(value) if name == "rules" else value if isinstance(value, tuple) else (value,):
            if isinstance(one, Path):
                yield split_variant(one)[0]


def _optioned(command: Callable[..., Any], *options: Callable[[Any], Any]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command


def _format_of(wanted: str | None, as_json: bool, out: Path | None = None, data: Iterable[str] = ()) -> str:
    """The format that is wanted; a usage error where two are, or where a file's ending says none."""
    if as_json and wanted not in (None, "json"):
        raise click.UsageError(f"--json and --format {wanted} contradict each other. Keep one.")
    if as_json:
        return "json"
    if wanted is not None or out is None:
        return wanted or SHOWN
    for name in (*format_names(), *data):
        if out.suffix.lower() in _extensions(name):
            return name
    raise click.UsageError(f"--out: the ending of `{out.name}` says no format. Say which with --format.")
