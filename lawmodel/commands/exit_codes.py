"""The exit codes of all verbs. docs/exit-codes.md says the same for users."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the program ends with."""

    ANSWERED = 0
    """There is an answer, whatever it is."""
    DOES_NOT_HOLD = 1
    """What was to hold does not: an expectation, a property, what --strict or --at-least demands; of a table, that
    something can be decided."""
    WRONG_INPUT = 2
    """The files or the command are wrong, or what was found cannot be written."""
    DEFECT = 70
    """This program is wrong (EX_SOFTWARE)."""
    INTERRUPTED = 130
    """By Ctrl-C: 128 and the number of the signal, as shells count. A program that is told to end has 143, one whose
    terminal is gone 129."""
    PIPE_CLOSED = 141
    """Whoever read the output wanted no more of it."""
