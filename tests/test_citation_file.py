"""CITATION.cff is valid, and says of the program what the package says."""

from __future__ import annotations

import datetime
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from lawmodel.version import VERSION, YEAR
from lawmodel.words.citations import AUTHORS
from lawmodel.words.law import day

CHECKOUT = Path(__file__).parents[1]
SCHEMA = json.loads((CHECKOUT / "tests" / "schemas" / "citation-file-1.2.0.json").read_text(encoding="utf-8"))


@pytest.fixture
def cited() -> Any:
    return yaml.load((CHECKOUT / "CITATION.cff").read_text(encoding="utf-8"), yaml.CBaseLoader)  # noqa: S506 - it makes texts alone


@pytest.fixture
def package() -> Any:
    return tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def wrong(cited: Any) -> list[str]:
    return [error.message for error in Draft7Validator(SCHEMA).iter_errors(cited)]


def test_it_is_valid(cited: Any) -> None:
    assert wrong(cited) == []
    assert wrong({**cited, "lisence": "MIT"})
    assert wrong({**cited, "license": "MITT"})
    assert wrong({**cited, "authors": []})


def test_it_says_what_the_package_says(cited: Any, package: Any) -> None:
    assert cited["title"] == package["name"]
    assert cited["version"] == VERSION
    assert cited["license"] == package["license"]
    assert cited["keywords"] == package["keywords"]
    assert [one["name"] for one in cited["authors"]] == [AUTHORS]
    assert [one["name"].lower() for one in package["authors"]] == [AUTHORS.lower()]


def test_it_has_the_day_of_the_release(cited: Any) -> None:
    released = datetime.date.fromisoformat(cited["date-released"])
    changes = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\n## {VERSION} ({day(released)})\n" in changes
    assert released.year == YEAR


def test_it_names_the_engines_that_the_package_needs(cited: Any, package: Any) -> None:
    needed = str(package["dependencies"]) + str(package["optional-dependencies"])
    for one in cited["references"]:
        assert one["title"].lower().replace("_", "-") in needed.lower(), one["title"]
