"""How long a click takes, and what fifty people at once do to the service.

    python benchmarks/service.py [SECONDS] [USERS]

It starts `lawmodel serve` on a free port, waits for the first page, lets one reader click through cases, readings and
facts, and then many at once. Beside each click stands what the same decision takes in this process, without a page.
"""

from __future__ import annotations

import asyncio
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import httpx

from lawmodel import decide, load_cases, load_rulebook
from lawmodel.law_files import scenarios_folder

PROGRAM = "from lawmodel.commands.main import main; main()"
COOK = "/cases/extradition/04-serving-cook"
LINK = re.compile(r'href="(/(?:cases|law)/[^"]+)"')


def main(seconds: float, users: int) -> None:
    """Start the service, and tell what was measured."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    began = time.perf_counter()
    served = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "serve", "--no-open", "--port", str(port)], stdout=subprocess.DEVNULL
    )
    try:
        base = f"http://127.0.0.1:{port}"
        first_page(base)
        print(f"first page after {time.perf_counter() - began:.2f} s")
        alone = in_process()
        with httpx.Client(base_url=base, follow_redirects=True) as client:
            for _ in range(2):  # every worker answers once before it counts
                list(clicks(client, Random(1), 60))  # noqa: S311 - no secret
            taken = sorted(clicks(client, Random(2), 300))  # noqa: S311 - no secret
        told("one reader", taken, alone)
        asyncio.run(crowd(base, min(seconds, 20), users, first=users))  # every worker has what it keeps
        held, errors, every = [memory(served.pid)], 0, list[float]()
        for part in range(3):
            taken, failed = asyncio.run(crowd(base, seconds / 3, users, first=users * (part + 2)))
            every += taken
            errors += failed
            held.append(memory(served.pid))
        told(f"{users} readers for {seconds:g} s", sorted(every), alone)
        spread = ", ".join(f"{one:.0f}" for one in held)
        print(f"{errors} errors; MB of all processes at the beginning, after each third: {spread}")
    finally:
        served.terminate()
        served.wait(10)


def first_page(base: str) -> None:
    """Wait for the page with the cases."""
    while True:
        try:
            if httpx.get(f"{base}/cases", timeout=60).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.01)


def in_process() -> float:
    """Seconds for the decision behind the page of the cook, without a page."""
    rulebook = load_rulebook()
    case = load_cases(rulebook, scenarios_folder() / "extradition" / "04-serving-cook.yaml")[0]
    times = []
    for _ in range(50):
        began = time.perf_counter()
        decide(rulebook, case, "extradition")
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def clicks(client: httpx.Client, chance: Random, count: int) -> Iterator[float]:
    """Seconds from each click to the page, following links of cases and the law at random."""
    address = COOK
    for _ in range(count):
        began = time.perf_counter()
        page = client.get(address)
        yield time.perf_counter() - began
        address = next_address(page.text, chance)


def next_address(page: str, chance: Random) -> str:
    """Where the reader goes next."""
    links = [one.replace("&amp;", "&") for one in LINK.findall(page)]
    return chance.choice(links) if links and chance.random() < 0.9 else COOK


async def crowd(base: str, seconds: float, users: int, first: int) -> tuple[list[float], int]:
    """What many readers at once wait, a second of reading between their clicks; and how many clicks failed.

    Readers go their ways by chance; ``first`` is the number of the first of them.
    """
    until, taken, errors = time.perf_counter() + seconds, list[float](), 0
    limits = httpx.Limits(max_connections=users)

    async def reader(number: int, client: httpx.AsyncClient) -> None:
        nonlocal errors
        chance, address = Random(number), COOK  # noqa: S311 - no secret
        await asyncio.sleep(chance.random())
        while time.perf_counter() < until:
            began = time.perf_counter()
            try:
                page = await client.get(address)
                errors += page.status_code >= 500
                address = next_address(page.text, chance)
            except httpx.TransportError:
                errors += 1
            taken.append(time.perf_counter() - began)
            await asyncio.sleep(chance.uniform(0.5, 1.5))

    async with httpx.AsyncClient(base_url=base, follow_redirects=True, timeout=30, limits=limits) as client:
        await asyncio.gather(*(reader(number, client) for number in range(first, first + users)))
    return taken, errors


def memory(parent: int) -> float:
    """Megabytes that the service and its workers hold (Linux)."""
    held = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            if int(process.name) == parent or belongs(int(fields[1]), parent):
                held += int((process / "statm").read_text().split()[1]) * 4096
        except (OSError, IndexError, ValueError):
            continue
    return held / 1e6


def belongs(process: int, parent: int) -> bool:
    """Whether a process descends from another."""
    for _ in range(6):
        if process == parent:
            return True
        try:
            process = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError, ValueError):
            return False
    return False


def told(who: str, taken: list[float], alone: float) -> None:
    """The median and the 99th percentile, beside a decision without a page."""
    median, late = statistics.median(taken), taken[int(len(taken) * 0.99)]
    print(
        f"{who}: {len(taken)} clicks, median {1000 * median:.0f} ms, 99 % within {1000 * late:.0f} ms "
        f"({median / alone:.1f} times a decision without a page, {1000 * alone:.1f} ms)"
    )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60, int(sys.argv[2]) if len(sys.argv) > 2 else 50)
