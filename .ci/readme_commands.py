"""Run the commands that the README and the documentation show, so that they cannot rot.

In a ``console`` block the commands are the lines that begin with ``$ ``; in a ``sh`` block all lines are, but for
comments. A line that ends in a backslash goes on. A block whose opening line says ``no-ci`` (for what would
ask questions, or not end) is left out; so is a command that is named as an argument of this program.
Each command runs in a shell in the checkout. Those of a page run one after the other; pages run side by side, as many
as there are cores, but for pages that write files of the same name. What stands on several pages runs once, and the
other pages wait for it. A command that fails is shown with its output, no other is begun, and the exit code is 1.
"""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```(console|sh)\b([^\n]*)\n(.*?)^```\s*$", re.MULTILINE | re.DOTALL)
WRITTEN = re.compile(r"(?:--(?:out|rejects)[ =]|>)\s*([^\s$\"]+)")
LONGEST_SECONDS = 300


def commands(markdown: str) -> Iterator[str]:
    """Each command of each block, in order, with its continuation lines."""
    for kind, mark, body in BLOCK.findall(markdown):
        if "no-ci" in mark.split():
            continue
        lines = iter(body.splitlines())
        for line in lines:
            command = line.removeprefix("$ ") if kind == "console" else line
            if (kind == "console" and command == line) or not command.strip() or command.startswith("#"):
                continue
            while command.endswith("\\"):
                command = command[:-1] + next(lines, "").removeprefix("> ")
            yield command


def run(command: str) -> str | None:
    """Run one command; what it printed if it failed, or None."""
    try:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command],
            check=False,
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=LONGEST_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return f"not finished after {LONGEST_SECONDS} seconds"
    return f"{done.stdout}exit code {done.returncode}" if done.returncode else None


def rows(pages: list[list[str]]) -> list[list[str]]:
    """The commands of each page; those of pages that write files of the same name one after the other, in a row."""
    found: list[tuple[set[str], list[str]]] = []
    for page in pages:
        files, row = {name for command in page for name in WRITTEN.findall(command)}, list(page)
        for other in [one for one in found if one[0] & files]:
            found.remove(other)
            files, row = other[0] | files, other[1] + row
        found.append((files, row))
    return [row for _, row in found]


class Running:
    """Commands that run side by side, each of them once, until one fails."""

    def __init__(self, left_out: list[str]) -> None:
        self.failed = False
        self._lock = threading.Lock()
        self._begun: dict[str, Future[bool]] = {command: Future() for command in left_out}
        for one in self._begun.values():
            one.set_result(True)

    def run_row(self, row: list[str]) -> None:
        """Run them in their order."""
        for command in row:
            with self._lock:
                if self.failed:
                    return
                known = self._begun.get(command)
                done = self._begun.setdefault(command, Future())
            if known is None:
                well = False
                try:
                    well = self._run(command)
                finally:  # whoever waits for it has to learn of it
                    done.set_result(well)
            if not done.result():
                return

    def _run(self, command: str) -> bool:
        """Run one and tell of it; whether it was well."""
        start = time.perf_counter()
        failure = run(command)
        with self._lock:
            print(f"{time.perf_counter() - start:6.1f} s  $ {command}", flush=True)
            if failure is not None:
                self.failed = True
                print(f"{failure}\nFAILED: {command}", flush=True)
        return failure is None


def main(left_out: list[str]) -> int:
    """Run them all; 1 if one fails, or if the pages show none."""
    pages = [CHECKOUT / "README.md"]
    pages += sorted(CHECKOUT.glob("docs/*.md")) + sorted(CHECKOUT.glob("examples/**/README.md"))
    to_run = rows([list(commands(page.read_text(encoding="utf-8"))) for page in pages])
    if not any(to_run):
        print("the README and the documentation show no commands")
        return 1
    running = Running(left_out)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for row in [pool.submit(running.run_row, row) for row in sorted(to_run, key=len, reverse=True)]:
            row.result()
    return int(running.failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
