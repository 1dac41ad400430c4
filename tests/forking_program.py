"""A program that forks, and starts other processes, while its threads are at work: ``FOLDER FORKS [WAY ...]``.

Each WAY is one in which `multiprocessing` starts a process.

Each child answers the questions too. It prints how many children answered as this process does, answered otherwise,
and had to be ended because they did nothing any more.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.public_questions import Questions, every_question, from_one

SECONDS_TO_ANSWER = 120


def of_child(folder: Path, seed: int) -> dict[str, dict[str, str]]:
    """What another process answers."""
    return from_one(few(every_question(folder)), seed)


def few(questions: Questions) -> Questions:
    """Of each kind of question one or two, so that a child is soon done."""
    return {name: ask for name, ask in questions.items() if name.endswith("#armed") or "open list" in name}


def forked(questions: Questions, expected: dict[str, dict[str, str]], seed: int) -> int:
    """Fork; the child ends with 0 if it gives the same answers."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if from_one(questions, seed) == expected else 1)
        finally:
            os._exit(2)
    return child


def ended(child: int, until: float) -> str:
    """How a child ended."""
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "same" if status == 0 else "otherwise"
        time.sleep(0.01)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return "hung"


def main(folder: Path, forks: int, ways: list[str]) -> None:
    """Fork, and start a process in each of these ways."""
    questions = few(every_question(folder))
    expected = from_one(questions, 0)
    at_work = True

    def work(seed: int) -> None:
        while at_work:
            from_one(questions, seed)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(2)]
    for thread in threads:
        thread.start()
    children = []
    for seed in range(forks):
        children.append(forked(questions, expected, seed))
        time.sleep(0.003 * seed)
    until = time.monotonic() + SECONDS_TO_ANSWER
    found = [ended(child, until) for child in children]
    for method in ways:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(method)) as pool:
            answers = pool.submit(of_child, folder, 1).result(SECONDS_TO_ANSWER)
            found.append("same" if answers == expected else "otherwise")
    at_work = False
    for thread in threads:
        thread.join()
    sys.stdout.write(json.dumps({how: found.count(how) for how in ("same", "otherwise", "hung")}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
