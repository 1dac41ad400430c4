"""A run over many mutants: in several processes, with what is known so far kept in a file beside."""

from __future__ import annotations

import contextlib
import hashlib
import json
import multiprocessing
import os
import random
import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import asdict
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any, Final, get_args

import lawmodel
from lawmodel.case.case import Case
from lawmodel.case.file import parse_cases
from lawmodel.inquiry.distinguishing.mutants import Mutant
from lawmodel.output_files import save_text
from lawmodel.results.header import Header
from lawmodel.rulebook.model import Rulebook
from lawmodel.user_files import Unreadable, read_file
from lawmodel.value_object import in_full
from lawmodel.verbs.mutate.mutate import MutationAnalysis
from lawmodel.verbs.mutate.mutation import MutantReport, MutantResult, Mutation, Status

AT_A_TIME: Final = 12
"""So many mutants are given to a process at a time."""
MOST_BYTES_KEPT: Final = 50_000_000
"""Of the file in which a run is kept."""
SECONDS_BETWEEN_SAVINGS: Final = 5.0

_analysis: MutationAnalysis | None = None
"""In a process that works on mutants."""


def digest_of_run(rulebook: Rulebook, cases: Sequence[Case]) -> str:
    """What tells a run over these mutants with these cases from others, and from one with another program."""
    program = hashlib.sha256()
    for file in sorted(Path(lawmodel.__file__).parent.rglob("*.py")):
        program.update(file.read_bytes())
    text = f"{program.hexdigest()} {rulebook.digest} {in_full(tuple(cases))}"
    return hashlib.sha256(text.encode()).hexdigest()


def chosen(mutants: Sequence[Mutant], entry: str | None, sample: int | None, seed: int) -> list[Mutant]:
    """The mutants of one entry, or of all; a part of them drawn by chance, if so many are not to be tried."""
    among = [one for one in mutants if entry is None or one.entry == entry]
    if sample is None or sample >= len(among):
        return among
    drawn = random.Random(seed).sample(among, sample)  # noqa: S311 - reproducible chance
    return sorted(drawn, key=lambda one: one.number)


def _result(kept: dict[str, Any]) -> MutantResult:
    """A result as it was kept; raises `TypeError` and `ValueError` where it is none."""
    result = MutantResult(**kept)
    texts = (result.by, result.question, result.level, result.case)
    if type(result.number) is not int or result.status not in get_args(Status):
        raise ValueError(result.status)
    if not all(one is None or isinstance(one, str) for one in texts):
        raise TypeError(texts)
    return result


class MutationRun:
    """The results of mutants, some of them perhaps known from before."""

    def __init__(
        self,
        analysis: MutationAnalysis,
        mutants: Sequence[Mutant],
        kept: Path | None,
        progress: Callable[[int, int], None],
    ) -> None:
        """``kept`` is the file in which what is known is kept."""
        self._analysis, self._mutants, self._kept, self._progress = analysis, mutants, kept, progress
        self._digest = digest_of_run(analysis.rulebook, analysis.cases)
        self.mutant_results: dict[int, MutantResult] = self._recalled()
        """By number."""
        self._saved = time.monotonic()

    def _recalled(self) -> dict[int, MutantResult]:
        if self._kept is None:
            return {}
        try:
            plain = json.loads(read_file(self._kept, MOST_BYTES_KEPT))
            mutant_results = [_result(one) for one in plain["fates"]] if plain["of"] == self._digest else []
        except (Unreadable, RecursionError, ValueError, KeyError, TypeError):
            return {}
        return {one.number: one for one in mutant_results}

    def _save(self, now: bool = False) -> None:
        if self._kept is None or not (now or time.monotonic() - self._saved > SECONDS_BETWEEN_SAVINGS):
            return
        plain = {"of": self._digest, "fates": [asdict(one) for one in self.mutant_results.values()]}
        save_text(self._kept, json.dumps(plain, ensure_ascii=False))
        self._saved = time.monotonic()

    def go(self, jobs: int) -> None:
        """Find the results that are not known yet; interrupted, it keeps those that were found."""
        waiting = [one for one in self._mutants if one.number not in self.mutant_results]
        found = self._in_one(waiting) if jobs == 1 else self._in_several(waiting, jobs)
        try:
            with contextlib.closing(found):  # the processes end here, and not when somebody forgets the interrupt
                for result in found:
                    self.mutant_results[result.number] = result
                    self._progress(len(self._mutants) - self._left(), len(self._mutants))
                    self._save()
        finally:
            self._save(now=True)

    def _left(self) -> int:
        return sum(one.number not in self.mutant_results for one in self._mutants)

    def _in_one(self, waiting: Sequence[Mutant]) -> Generator[MutantResult, None, None]:
        for one in waiting:
            yield self._analysis.result_of(one)

    def _in_several(self, waiting: Sequence[Mutant], jobs: int) -> Generator[MutantResult, None, None]:
        numbers = [one.number for one in waiting]
        portions = [numbers[start : start + AT_A_TIME] for start in range(0, len(numbers), AT_A_TIME)]
        context = multiprocessing.get_context("spawn")
        stop = context.Event()
        given = (self._analysis.rulebook, tuple(self._analysis.cases), stop)
        pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=given)
        try:
            pending: set[Future[list[MutantResult]]] = {pool.submit(_results_of, portion) for portion in portions}
            while pending:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                for one in done:
                    yield from one.result()
        except BaseException:
            stop.set()  # the processes end where they are
            raise
        finally:
            pool.shutdown(cancel_futures=True)

    def result(self) -> Mutation:
        """What was found so far."""
        tried = [one for one in self._mutants if one.number in self.mutant_results]
        rulebook = self._analysis.rulebook
        return Mutation(
            header=Header(rulebook),
            cases=len(self._analysis.cases),
            expectations=sum(len(case.expectations) for case in self._analysis.cases),
            properties=len(rulebook.properties),
            mutants=len(self._analysis.mutants),
            seen=tuple(_report(one, self.mutant_results[one.number]) for one in tried),
            interrupted=len(tried) < len(self._mutants),
        )


def _report(mutant: Mutant, result: MutantResult) -> MutantReport:
    return MutantReport(
        number=mutant.number,
        kind=mutant.kind,
        section=mutant.section,
        entry=mutant.entry,
        key=mutant.key,
        place=mutant.place,
        was=mutant.was,
        would_be=mutant.would_be,
        result=result,
    )


def _begin(rulebook: Rulebook, cases: Sequence[Case], stop: Event) -> None:
    """Make a process ready; it ends as soon as it is to stop, whatever it is at."""
    import signal
    import threading

    global _analysis  # noqa: PLW0603 - a process has no other place to keep it
    threading.Thread(target=_end_when, args=(stop,), daemon=True).start()
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one is the one to be interrupted
    _analysis = MutationAnalysis(rulebook, cases)


def _end_when(stop: Event) -> None:
    stop.wait()
    os._exit(0)


def _results_of(numbers: Sequence[int]) -> list[MutantResult]:
    assert _analysis is not None
    return [_analysis.result_of(_analysis.mutants[number - 1]) for number in numbers]


def distinguishing_cases(analysis: MutationAnalysis, seen: Sequence[MutantReport]) -> list[tuple[str, str]]:
    """Case files (name and text) that notice all unnoticed mutants for which a case was found, and none in vain."""
    noticing = MutationAnalysis(analysis.rulebook, ())
    written: list[tuple[str, str]] = []
    for one in seen:
        text = one.result.case
        if text is None or noticing.notices(noticing.mutants[one.number - 1]):
            continue
        name = f"{one.entry}-{one.number}.yaml"
        noticing.take(parse_cases(analysis.rulebook, text, name))
        written.append((name, text))
    return written
