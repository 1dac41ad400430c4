"""The program, run in this process as a pipe receives it."""

from tests.commands.conftest import run as run
