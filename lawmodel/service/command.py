"""`lawmodel serve`: the law for a browser, and for programs."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Final

import click

from lawmodel.commands.extras import extra_missing
from lawmodel.commands.options import rulebook_of, rules_option
from lawmodel.law_files import rules_folder, scenarios_folder

HOST: Final = "127.0.0.1"
PORT: Final = 8765
TRIED: Final = 20
"""So many ports are tried from the usual one on."""
MOST_PORT: Final = 65_535


@click.command("serve", epilog="Example: lawmodel serve --port 9000 --no-open")
@click.option("--host", default=HOST, show_default=True, metavar="ADDRESS", help="Where it listens.")
@click.option(
    "--port",
    type=click.IntRange(0, MOST_PORT),
    metavar="N",
    help=f"The port; 0 takes any that is free. Default: {PORT}, or the next that is free.",
)
@click.option(
    "--allow-outside",
    is_flag=True,
    help="Let others reach it, through --host or a server before it. Whoever asks has to know a token.",
)
@click.option("--open/--no-open", "opens", default=None, help="Open it in a browser, or do not. Default: on a desktop.")
@click.option(
    "--scenarios",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The cases that the pages begin with. Default: those that come with the program, unless --rules is given.",
)
@rules_option
def command(
    host: str,
    port: int | None,
    allow_outside: bool,
    opens: bool | None,
    scenarios: Path | None,
    rules: tuple[Path, ...],
) -> None:
    """The law in a browser, and for programs, on this machine.

    It goes on until it is interrupted (Ctrl-C). Nothing is stored, and nothing is asked of any other machine. Programs
    find what there is at /api/v1/openapi.json.
    """
    if scenarios is not None and not scenarios.is_dir():
        raise click.UsageError(f"--scenarios: there is no folder `{scenarios}`.")
    cases = scenarios_folder() if scenarios is None and not rules else scenarios
    laws = tuple(path.resolve() for path in rules or (rules_folder(),))
    rulebook = rulebook_of(rules)
    try:
        from lawmodel.service.pages.exchange import Supplied
        from lawmodel.service.workers import worker_pool

        supplied = Supplied(cases and cases.resolve(), laws)
        with closing(worker_pool(rulebook, supplied)) as pool:
            pool.warm()  # while the rest is imported
            from lawmodel.service.app import application
            from lawmodel.service.safety import is_this_machine
            from lawmodel.service.server import serve

            if not (allow_outside or is_this_machine(host)):
                raise click.UsageError(
                    f"--host: others could reach it at {host}. Add --allow-outside if they may; they will need a token."
                )
            listening = _listening(host, port)
            token = secrets.token_urlsafe(32) if allow_outside else None
            _tell(rulebook.title, listening, port, token, opens)
            serve(application(rulebook, supplied=supplied, token=token, pool=pool), listening)
    except ModuleNotFoundError as missing:
        raise extra_missing(missing, "This", "web") from None


def _tell(title: str, listening: socket.socket, port: int | None, token: str | None, opens: bool | None) -> None:
    """Say where it can be opened, and open it."""
    shown = _address(listening)
    address = shown if token is None else f"{shown}?token={token}"
    click.echo(f"{title}: {address}")
    if port is None and (taken := listening.getsockname()[1]) != PORT:
        click.echo(f"Port {PORT} is taken, so it is {taken}.")
    if token is not None:
        click.echo(
            "Others can reach it. Whoever has this address can ask, and what is sent can be read on the way: the line "
            "is not encrypted. Give the address to nobody else, or put a server with TLS before it."
        )
    click.echo("Ctrl-C ends it.")
    sys.stdout.flush()
    if opens or (opens is None and _has_desktop()):
        _open(address)


def _listening(host: str, port: int | None) -> socket.socket:
    """A socket that listens: on this port, or on the first of some that are free; a usage error where there is none."""
    ports = range(PORT, PORT + TRIED) if port is None else (port,)
    reason = ""
    for number in ports:
        try:
            family, *_, place = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)[0]
        except (OSError, UnicodeError) as error:
            raise click.UsageError(
                f"--host: there is no address `{host}` ({error}). Give a number, or a name."
            ) from None
        # asyncio turns Nagle's algorithm off where the protocol is named: else an answer waits 40 ms for its last part
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            if os.name != "nt":  # there it would let two programs listen at once
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(place)
            listening.listen(128)
        except OSError as error:
            listening.close()
            reason = error.strerror or str(error)
        else:
            return listening
    ports_of = f"port {port}" if port is not None else f"each of the ports {PORT} to {PORT + TRIED - 1}"
    raise click.UsageError(f"{ports_of} of {host} cannot be used ({reason}). Choose another with --port.")


def _address(listening: socket.socket) -> str:
    """Where it can be opened."""
    host, port = listening.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - the user has asked for it
        host = socket.gethostname()
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _has_desktop() -> bool:
    """Whether a user sits before a screen on which a browser can be opened."""
    if not sys.stdout.isatty():
        return False
    return sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _open(address: str) -> None:
    """Open a browser, when the server has had a moment to start; it waits for nobody."""
    import webbrowser

    timer = threading.Timer(0.5, webbrowser.open, [address])
    timer.daemon = True
    timer.start()
