"""How every verb shows its results: as text, Markdown, HTML or JSON; on the screen or in a file."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, assert_never, get_args

import click

from lawmodel.commands.json_output import Schema, json_line
from lawmodel.commands.options import law_paths
from lawmodel.dataclass import dataclass
from lawmodel.law_files import split_variant
from lawmodel.output_files import Output, check_outputs, save_text

if TYPE_CHECKING:
    from lawmodel.document import Document

Form: TypeAlias = Literal["text", "markdown", "html", "json", "sarif"]
"""SARIF, a form of findings that is not ours, is one of `lint` alone."""
OF_EVERY_VERB: Final[tuple[Form, ...]] = ("text", "markdown", "html", "json")
SUFFIXES: Final[Mapping[str, Form]] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".jsonl": "json",
    ".sarif": "sarif",
}
"""The form that the ending of a file says."""


@dataclass(slots=True)
class ResultOutput:
    """Where the results of a run go, and in which form."""

    form: Form
    out: Path | None
    everything: bool
    """Whether what is folded is told in full on a terminal."""
    _documents: list[Document] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)

    @property
    def is_json(self) -> bool:
        """Whether plain data is wanted, and no words need be made."""
        return self.form in ("json", "sarif")

    def check(self, inputs: Iterable[Path]) -> None:
        """Refuse to write over what is named, or over a file of another kind; raises `ProblemsFound`."""
        if self.out is not None:
            check_outputs([Output("--out", self.out, is_older=_OLDER[self.form])], inputs)

    def add(
        self,
        schema: Schema,
        plain: Callable[[], Mapping[str, Any]],
        document: Callable[[], Document],
        *,
        indent: int | None = None,
    ) -> None:
        """A result: its plain data, or its document, whichever is wanted.

        On the screen it is shown at once, so that what comes after it can be waited for.
        """
        if self.is_json:
            self.add_data(schema, plain(), indent=indent)
        else:
            self.add_document(document)

    def add_data(self, schema: Schema, plain: Mapping[str, Any], *, indent: int | None = None) -> None:
        """A result as plain data, where that is wanted (`is_json`)."""
        self.add_text(json_line(schema, plain, indent=indent))

    def add_document(self, document: Callable[[], Document]) -> None:
        """A document, where words are wanted: one of several that tell one result."""
        if self.form == "text" and self.out is None:
            self._show_now(document())
        else:
            self._documents.append(document())

    def add_text(self, written: str) -> None:
        """A result that is written already, in the form that is wanted."""
        if self.out is None:
            click.echo(written)
        else:
            self._lines.append(written)

    def add_together(
        self, schema: Schema, plain: Iterable[Callable[[], Mapping[str, Any]]], document: Callable[[], Document]
    ) -> None:
        """Several results that are told in one document; as plain data each is an object of its own."""
        if self.is_json:
            for one in plain:
                self.add_data(schema, one())
        else:
            self.add_document(document)

    def finish(self) -> None:
        """Write what has not been written yet; raises `ProblemsFound` where a file cannot be written."""
        lines, documents = self._lines, self._documents
        self._lines, self._documents = [], []
        if lines:
            text = "".join(f"{line}\n" for line in lines)
        elif documents:
            text = self._rendered(documents)
        else:
            return
        if self.out is not None:
            save_text(self.out, text)
        elif text:
            click.echo(text, nl=False)

    def _show_now(self, document: Document) -> None:
        from lawmodel.render.terminal import console, show

        show(document, console(), everything=self.everything)
        click.echo()

    def _rendered(self, documents: list[Document]) -> str:
        from lawmodel.document import together

        match self.form:
            case "text":
                from lawmodel.render.terminal import console, show

                stream = io.StringIO()
                for document in documents:
                    show(document, console(stream), everything=self.everything)
                    stream.write("\n")
                return stream.getvalue()
            case "markdown":
                from lawmodel.render import markdown

                return markdown.render(together(documents))
            case "html":
                from lawmodel.render import html

                return html.render(together(documents))
            case "json" | "sarif":
                raise TypeError("plain data are no document")
            case _:
                assert_never(self.form)


_OLDER: Final[Mapping[Form, Callable[[bytes], bool]]] = {
    "text": lambda head: False,
    "markdown": lambda head: b"<!-- written by lawmodel -->" in head,
    "html": lambda head: b'<meta name="generator" content="lawmodel">' in head,
    "json": lambda head: head.startswith((b'{"schema": "lawmodel/', b'{\n  "schema": "lawmodel/')),
    "sarif": lambda head: b'"name": "lawmodel"' in head,
}
"""What tells an older result from a file of the user's."""


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options ``--format``, ``--json``, ``--out`` and ``--all``; they arrive as ``output``, a `ResultOutput`.

    What the other arguments name as a path is never written over: no verb has to see to that.
    """

    @wraps(command)
    def with_output(*, form: str | None, as_json: bool, out: Path | None, everything: bool, **arguments: Any) -> Any:
        return _with(command, ResultOutput(_form_of(form, as_json, out), out, everything), **arguments)

    return _optioned(with_output, _format(*OF_EVERY_VERB), JSON, OUT, ALL)


def output_options_and_sarif(command: Callable[..., Any]) -> Callable[..., Any]:
    """As `output_options`, for a verb whose results may be written as SARIF too."""

    @wraps(command)
    def with_output(*, form: str | None, as_json: bool, out: Path | None, everything: bool, **arguments: Any) -> Any:
        wanted = _form_of(form, as_json, out, get_args(Form))
        return _with(command, ResultOutput(wanted, out, everything), **arguments)

    return _optioned(with_output, _format(*get_args(Form)), JSON, OUT, ALL)


def form_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """As `output_options`, for verbs whose ``--out`` means something else: the result itself goes to the screen."""

    @wraps(command)
    def with_output(*, form: str | None, as_json: bool, everything: bool, **arguments: Any) -> Any:
        return _with(command, ResultOutput(_form_of(form, as_json, None), None, everything), **arguments)

    return _optioned(with_output, _format(*OF_EVERY_VERB), JSON, ALL)


def _format(*forms: Form) -> Callable[[Any], Any]:
    named = [{"text": "text (default)", "markdown": "Markdown"}.get(one, one.upper()) for one in forms]
    said = f"{', '.join(named[:-1])} or {named[-1]}."
    return click.option("--format", "form", type=click.Choice(forms), help=said[0].upper() + said[1:])


JSON: Final = click.option("--json", "as_json", is_flag=True, help="Plain data: the same as --format json.")
OUT: Final = click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to this file; its ending says the form (.txt, .md, .html, .json).",
)
ALL: Final = click.option("--all", "everything", is_flag=True, help="Unfold everything.")


def _with(command: Callable[..., Any], output: ResultOutput, **arguments: Any) -> Any:
    output.check(_paths_named(arguments))
    ended = command(output=output, **arguments)
    output.finish()
    return ended


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


def _form_of(form: str | None, as_json: bool, out: Path | None, forms: Sequence[Form] = OF_EVERY_VERB) -> Form:
    """The form that is wanted; a usage error where two are, or where a file's ending says none."""
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} contradict each other. Keep one.")
    if as_json:
        return "json"
    for known in forms:
        if form == known:
            return known
    if out is None:
        return "text"
    said = SUFFIXES.get(out.suffix.lower())
    if said is None or said not in forms:
        raise click.UsageError(f"--out: the ending of `{out.name}` says no form. Say which with --format.")
    return said
