"""Whether another machine has the same program: only then are its answers those that would be given here."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import lawmodel


class AnotherProgram(RuntimeError):
    """Another machine has another version of lawmodel."""


@cache
def program_digest() -> str:
    """Of all the code of lawmodel on this machine."""
    here = Path(lawmodel.__file__).parent
    digest = hashlib.sha256()
    for file in sorted(here.rglob("*.py"), key=lambda one: one.relative_to(here).as_posix()):
        digest.update(f"{file.relative_to(here).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def check_program(digest: str | None) -> None:
    """Refuse to answer for a program that is not this one (None: it is of this machine); raises `AnotherProgram`."""
    if digest is not None and program_digest() != digest:
        raise AnotherProgram(
            "the machines of the cluster have another version of lawmodel than the one that asks. Install the same."
        )
