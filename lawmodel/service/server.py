"""The server of the application: uvicorn, with a limit to the patience with which it waits for others."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from lawmodel.service.limits import HEAD_SECONDS, IDLE_SECONDS, MOST_CONNECTIONS, MOST_HEAD, READ_SECONDS


class ImpatientProtocol(H11Protocol):
    """One connection. It is dropped when a head does not come to its end, or nothing of an answer is taken."""

    _head: asyncio.TimerHandle | None = None
    _reader: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head."""
        super().connection_made(transport)
        self._head = self.loop.call_later(HEAD_SECONDS, transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        super().connection_lost(exc)
        for timer in (self._head, self._reader):
            if timer is not None:
                timer.cancel()

    def data_received(self, data: bytes) -> None:
        """Go on waiting for a head, unless it is whole; more of it does not prolong the time."""
        super().data_received(data)
        cycle: RequestResponseCycle | None = self.cycle  # None before the first request, whatever uvicorn declares
        if cycle is not None and not cycle.response_complete:
            if self._head is not None:
                self._head.cancel()
                self._head = None
        elif self._head is None:
            self._head = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def pause_writing(self) -> None:
        """Begin to wait for a reader."""
        super().pause_writing()
        self._reader = self.loop.call_later(READ_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """The reader reads."""
        super().resume_writing()
        if self._reader is not None:
            self._reader.cancel()

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection without requests, also where the reader has not taken the whole answer."""
        super().timeout_keep_alive_handler()
        self._reader = self.loop.call_later(READ_SECONDS, self.transport.abort)


def serve(application: ASGIApp, listening: socket.socket) -> None:
    """Serve on a socket until the process is interrupted or told to end; the signal is then raised again."""
    for name in ("uvicorn.error", "python_multipart"):  # what is no HTTP, or no form, is answered; nobody here is told
        logging.getLogger(name).setLevel(logging.ERROR)
    config = uvicorn.Config(
        application,
        http=ImpatientProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=MOST_HEAD,
    )
    server = uvicorn.Server(config)
    with _ended_by_hanging_up(server):
        server.run([listening])


@contextmanager
def _ended_by_hanging_up(server: uvicorn.Server) -> Iterator[None]:
    """A terminal that is gone ends the server as an interrupt does, which it knows; the signal is then raised again."""
    number = getattr(signal, "SIGHUP", None)
    if number is None or signal.getsignal(number) in (signal.SIG_IGN, None):  # `nohup` is respected
        yield
        return
    received: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        received.append(number)
        server.should_exit = True

    before = signal.signal(number, end)
    try:
        yield
    finally:
        signal.signal(number, before)
    if received:
        signal.raise_signal(number)
