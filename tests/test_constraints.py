"""``constraints.txt`` holds one exact version of everything that is asked for, for every Python and system."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parents[1]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
SYSTEMS = [
    {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
    {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
    {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
]


def lines() -> list[str]:
    """What stands in the file, without comments."""
    text = (CHECKOUT / "constraints.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def asked_for() -> Iterator[Requirement]:
    """What pyproject.toml asks for, with every extra, and to build with."""
    lists = [PROJECT["project"]["dependencies"], PROJECT["build-system"]["requires"]]
    lists += [*PROJECT["project"]["optional-dependencies"].values(), *PROJECT["dependency-groups"].values()]
    return (Requirement(one) for requirements in lists for one in requirements)


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system["sys_platform"])
def test_everything_that_is_asked_for_has_one_version(python: str, system: dict[str, str]) -> None:
    here = {**system, "python_version": python, "python_full_version": f"{python}.0", "extra": ""}
    locked: dict[str, list[str]] = {}
    for one in map(Requirement, lines()):
        if one.marker is None or one.marker.evaluate(here):
            locked.setdefault(canonicalize_name(one.name), []).append(str(one.specifier).removeprefix("=="))
    assert {name: versions for name, versions in locked.items() if len(versions) > 1} == {}
    for wanted in asked_for():
        if wanted.marker is None or wanted.marker.evaluate(here):
            assert wanted.specifier.contains(locked[canonicalize_name(wanted.name)][0]), wanted


def test_it_holds_exact_versions_and_no_address() -> None:
    assert [line for line in lines() if not re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*( ; [^/@]+)?", line)] == []
