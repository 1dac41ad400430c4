"""Case files written as a person would write them: the counterpart of reading them (`lawmodel.case.file`)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import yaml

WIDTH = 110


class _Writer(yaml.SafeDumper):
    """YAML with yes and no, and with lists set in from their keys."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Every list is set in."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """No anchors: case files know none."""
        return True


# A day needs no quotation marks: whoever reads these files reads it as the text that it is.
_Writer.yaml_implicit_resolvers = {
    first: [one for one in resolvers if one[0] != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in _Writer.yaml_implicit_resolvers.items()
}


def _yes_or_no(writer: yaml.SafeDumper, value: bool) -> yaml.ScalarNode:
    return writer.represent_scalar("tag:yaml.org,2002:bool", "yes" if value else "no")


def _day(writer: yaml.SafeDumper, value: datetime.date) -> yaml.ScalarNode:
    return writer.represent_scalar("tag:yaml.org,2002:str", value.isoformat())


_Writer.add_representer(bool, _yes_or_no)
_Writer.add_representer(datetime.date, _day)


def case_text(content: Mapping[str, Any]) -> str:
    """The text of a case file, from plain data in the order in which it is to stand."""
    text: str = yaml.dump(
        dict(content), Dumper=_Writer, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False
    )
    return text
