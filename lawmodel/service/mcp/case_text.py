"""The supplied cases as texts that an assistant reads: which there are, and each as its tools take it."""

from __future__ import annotations

from collections.abc import Iterator

from lawmodel.case.plain import plain_case
from lawmodel.problems import Problem, ProblemsFound, did_you_mean
from lawmodel.safe_text import json_text
from lawmodel.service.pages.workbench import VARIANT, Workbench

ROOT = "lawmodel://cases"


def cases_text(workbench: Workbench) -> str:
    """The numbered cases, a line each with its point and its variants; of the others the folders."""
    lines = [f"Each is a resource: `{ROOT}/NAME`.", ""]
    for name, case in workbench.numbered.items():
        if VARIANT not in name:
            variants = [one for one in workbench.variants(name) if one != name]
            others = f" Variants: {', '.join(f'`{one}`' for one in variants)}." if variants else ""
            lines.append(f"- `{name}` ({', '.join(case.asked())}): {case.title}. {case.point}{others}")
    lines += _further(workbench)
    return "\n".join(lines) + "\n"


def _further(workbench: Workbench) -> Iterator[str]:
    """The files without a number, a line for each folder."""
    numbered = {name.partition(VARIANT)[0] for name in workbench.numbered}
    folders: dict[str, list[str]] = {}
    for name in workbench.files:
        if name not in numbered:
            folders.setdefault(name.rpartition("/")[0], []).append(name.rpartition("/")[2])
    if folders:
        yield "\nFurther cases, on details of the rules, by folder:\n"
        yield from (f"- `{folder}/`: {', '.join(names)}" for folder, names in folders.items())


def case_of_name(workbench: Workbench, name: str) -> str:
    """A case as JSON, as the tools take it; raises `ProblemsFound` for a name that there is not."""
    case = workbench.variants(name).get(name)
    if case is None:
        mend = did_you_mean(name, workbench.files, f"{ROOT} lists the cases.")
        raise ProblemsFound([Problem(f"there is no case `{name}`", mend, name)])
    return json_text(plain_case(workbench.rulebook, case), indent=1) + "\n"
