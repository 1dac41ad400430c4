"""How a run ends: with an exit code of the table, a message that helps, and no traceback."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn

import click

from lawmodel.commands.exit_codes import ExitCode
from lawmodel.commands.interrupts import each_once
from lawmodel.problems import Problem, ProblemsFound
from lawmodel.safe_text import guarded_screen

if TYPE_CHECKING:
    from lawmodel.document import Document

SHOW_TRACEBACK: Final = "LAWMODEL_TRACEBACK"
"""With this in the environment the traceback of a defect is shown, and not put into a file."""
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)
"""What can be wrong with standard output."""


class Terminated(KeyboardInterrupt):
    """The program is told to end (SIGTERM), or its terminal is gone (SIGHUP): an interrupt from elsewhere."""


def run(work: Callable[[], int], arguments: Sequence[str]) -> int:
    """Do what the user asks for; the exit code. Whatever goes wrong is told here, as JSON too where that is wanted."""
    with _ready_streams(), guarded_screen(), _signals() as received, each_once() as was_interrupted:
        try:
            code = _told(work, "--json" in arguments or "json" in _format_of(arguments), was_interrupted)
        except KeyboardInterrupt:
            code = 128 + (received[0] if received else signal.SIGINT)
            with suppress(OSError):
                begin = "\n" if sys.stderr.isatty() else ""  # the terminal shows ^C, or a line of progress
                click.echo(f"{begin}{'Ended' if received else 'Interrupted'}.", err=True)
        except BrokenPipeError:
            code = ExitCode.PIPE_CLOSED
        except OSError as error:
            if error.errno not in _NO_ROOM or error.filename is not None:
                raise
            code = _say([Problem(*_not_written(error), "standard output")], as_json=False)
    return code


def stop_if(interrupted: bool, found_so_far: Callable[[], Document]) -> None:
    """End as an interrupt does, if there was one, with what was found so far on standard error.

    What is half found would be read as the whole on standard output.
    """
    if interrupted:
        from lawmodel.render.terminal import console, show

        show(found_so_far(), console(sys.stderr))
        raise KeyboardInterrupt


def _told(work: Callable[[], int], as_json: bool, was_interrupted: Callable[[], bool]) -> int:
    try:
        try:
            code = work()
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else ExitCode.ANSWERED
        sys.stdout.flush()
    except click.ClickException as wrong:
        if was_interrupted():  # a library has made another error of it, and a verb a message
            raise KeyboardInterrupt from None
        with suppress(OSError):  # nobody can be told
            wrong.show()
        return _say([_of_usage(wrong)], as_json=as_json, on_stderr=False)
    except ProblemsFound as found:
        return _say(found.problems, as_json=as_json, text=str(found))
    except OSError as error:
        if error.filename is None and error.errno in (*_NO_ROOM, errno.EPIPE):
            raise  # standard output: nothing can be told there
        return _defect(error, as_json)
    except Exception as error:
        if was_interrupted():
            raise KeyboardInterrupt from None
        return _defect(error, as_json)
    return code


def _say(problems: Sequence[Problem], *, as_json: bool, text: str = "", on_stderr: bool = True) -> int:
    """Say what is wrong: in words for people on standard error, and as JSON for programs on standard output."""
    if on_stderr:
        with suppress(OSError):  # nobody can be told
            click.echo(text or "\n".join(one.render() for one in problems), err=True)
    if as_json:
        from lawmodel.commands.json_output import write_errors

        write_errors(problems)
        sys.stdout.flush()
    return ExitCode.WRONG_INPUT


def _of_usage(wrong: click.ClickException) -> Problem:
    context = getattr(wrong, "ctx", None)
    path = context.command_path if context is not None else "lawmodel"
    return Problem(wrong.format_message(), f"`{path} --help` says how it is used.", "")


def _not_written(error: OSError) -> tuple[str, str]:
    reason = error.strerror or "for no reason that the system gives"
    if error.errno == errno.EBADF:
        reason = "it is closed"
    return f"it cannot be written ({reason})", "Make room for the output, or send it elsewhere."


def _format_of(arguments: Sequence[str]) -> str:
    """What `--format` is followed by; SARIF is JSON too."""
    for number, one in enumerate(arguments):
        name, _, value = one.partition("=")
        if name == "--format":
            return (value or "".join(arguments[number + 1 : number + 2])).replace("sarif", "json")
    return ""


# --- defects -----------------------------------------------------------------------------------------


def _defect(error: Exception, as_json: bool) -> int:
    """Say that this program is wrong and not its user, how to report it, and where the traceback is."""
    import traceback

    told = "".join(traceback.format_exception(error))
    if os.environ.get(SHOW_TRACEBACK):
        with suppress(OSError):
            click.echo(told, err=True)
        where = "the traceback above"
    else:
        where = _kept(told)
    what = " ".join(str(error).split())[:200]
    message = (
        f"internal error ({type(error).__name__}{': ' if what else ''}{what}): a mistake of this program, not yours"
    )
    mend = f"Please report it to those who keep lawmodel, with the command, its files and {where}."
    _say([Problem(message, mend, "lawmodel")], as_json=as_json)
    return ExitCode.DEFECT


def _kept(told: str) -> str:
    """Put a traceback into a file; how to name it."""
    import platform
    import tempfile
    from importlib.metadata import PackageNotFoundError, version

    try:
        ours = version("lawmodel")
    except PackageNotFoundError:
        ours = "from a checkout"
    about = f"lawmodel {ours}, Python {platform.python_version()}, {platform.platform()}"
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="lawmodel-traceback-", suffix=".txt", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as file:
            file.write(f"{about}\n{sys.argv}\n\n{told}")
    except OSError:
        return f"its traceback ({SHOW_TRACEBACK}=1 before the command shows it)"
    return f"the traceback in {file.name}"


# --- streams and signals -----------------------------------------------------------------------------


@contextmanager
def _ready_streams() -> Iterator[None]:
    """Standard streams that are there, speak UTF-8, and say nothing more when they are closed at the very end."""
    for number, (name, flags, mode) in enumerate(
        (("stdin", os.O_RDONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w"))
    ):
        if getattr(sys, name) is None:  # closed: or else the next file that is opened would take its number
            opened = os.open(os.devnull, flags)  # standard output for reading: writing to it fails, as it should
            setattr(sys, name, open(number if opened == number else opened, mode, closefd=False))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    try:
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            _flush_or_forget(stream)


def _flush_or_forget(stream: IO[str]) -> None:
    """Flush a stream; where that cannot be done, let what is in it go, so that Python does not complain at its end."""
    try:
        stream.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def _signals() -> Iterator[list[int]]:
    """SIGTERM and SIGHUP come as `Terminated`; which of them came."""
    received: list[int] = []

    def terminate(number: int, _: FrameType | None) -> NoReturn:
        received.append(number)
        raise Terminated

    before: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) == signal.SIG_DFL:  # `nohup` is respected
                before[number] = signal.signal(number, terminate)
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
