"""Run the commands that the README and the documentation show, so that they cannot rot.

In a ``console`` block the commands are the lines that begin with ``$ ``; in a ``sh`` block all lines are, but for
comments. A line that ends in a backslash goes on. A block whose opening line says ``no-ci`` (for what would
ask questions, or not end) is left out; so is a command that is named as an argument of this program.
Each command runs in a shell in the checkout. The first one that fails is shown with its output; the exit code is 1.
"""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```(console|sh)\b([^\n]*)\n(.*?)^```\s*$", re.MULTILINE | re.DOTALL)
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


def main(left_out: list[str]) -> int:
    """Run them all; 1 if one fails, or if the pages show none."""
    pages = [CHECKOUT / "README.md"]
    pages += sorted(CHECKOUT.glob("docs/*.md")) + sorted(CHECKOUT.glob("examples/**/README.md"))
    to_run = list(dict.fromkeys(one for page in pages for one in commands(page.read_text(encoding="utf-8"))))
    if not to_run:
        print("the README and the documentation show no commands")
        return 1
    for command in to_run:
        if command in left_out:
            continue
        start = time.perf_counter()
        failure = run(command)
        print(f"{time.perf_counter() - start:6.1f} s  $ {command}", flush=True)
        if failure is not None:
            print(failure)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
