"""YAML as editors read it (version 1.2): `yes` and `no` are texts, and so are days."""

from __future__ import annotations

import re
from typing import Any

import yaml


class _Loader(yaml.SafeLoader):
    """The core schema of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as PyYAML declares it


for _tag, _pattern, _first in (
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)\Z", "tTfF"),
    ("int", r"[-+]?[0-9]+\Z", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z", "-+.0123456789"),
    ("null", r"(?:~|null|Null|NULL|)\Z", ["~", "n", "N", ""]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


class _WithTruthValues(_Loader):
    """The same, but yes and no are truth values, as in YAML 1.1."""


_WithTruthValues.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:yes|no)\Z"), ["y", "n"])


def read_as_editors_do(text: str, truth_values: bool = False) -> Any:
    """The plain data of a YAML text; with ``truth_values`` of an editor that takes yes and no for them."""
    return yaml.load(text, Loader=_WithTruthValues if truth_values else _Loader)  # noqa: S506 - SafeLoaders
