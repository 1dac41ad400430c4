"""A program that is interrupted while it answers questions: ``FOLDER TIMES``.

It makes everything anew for each question, says each time that an interruption has reached it, goes on, and at the end
prints whether it still answers as it did before.
"""

from __future__ import annotations

import json
import signal
import sys
from itertools import cycle
from pathlib import Path
from typing import Any

import lawmodel
from lawmodel.inquiry import decider
from lawmodel.results.changes import Changes
from tests.public_questions import every_question, from_one, plain


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def change(*asked: Any) -> Changes:
    """`lawmodel.change`, which gives what it has found so far when it is interrupted."""
    found = changes(*asked)
    if found.interrupted:
        raise KeyboardInterrupt
    return found


def main(folder: Path, times: int) -> None:
    """Answer until so many interruptions have come."""
    asked = every_question(folder)
    names = [name for name in asked if name.startswith(("decide", "change several", "find", "compare", "prove"))]
    questions = {name: asked[name] for name in names}
    expected = from_one(questions, 0)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # but for where it is caught
    say("ready")
    endless = cycle(questions)
    for _ in range(times):
        try:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
            while True:
                decider._kept.clear()
                questions[next(endless)]()
        except KeyboardInterrupt:
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        say("interrupted")
    wrong = [name for name in questions if plain(questions[name]()) not in expected[name]]
    say(json.dumps(wrong))


if __name__ == "__main__":
    changes = lawmodel.change
    lawmodel.change = change  # type: ignore[assignment]
    main(Path(sys.argv[1]), int(sys.argv[2]))
