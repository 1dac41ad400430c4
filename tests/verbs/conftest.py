"""The program, run in this process as a pipe receives it."""

from tests.commands.conftest import run as run
from tests.commands.conftest import run_once as run_once
from tests.commands.conftest import said as said
