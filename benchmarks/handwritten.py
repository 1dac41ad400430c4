"""A peer: the same question on a complete case, as a programmer would write it by hand for one purpose.

It knows no unknown, no reading but the defaults, no date but the critical one, and gives no reasons. Its law is that
of the supplied rulebook's question `extradition`, from memory of which `benchmarks/run.py` checks that it agrees.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def grounds(case: Mapping[str, Any], day: int) -> tuple[str, list[str]]:
    """The outcome and the grounds of a complete case in which only service, citizenship and a few facts vary."""
    citizenships = [one for one in case["person.citizenships"] if one["from"] <= day <= one["to"]]
    russian = any(one["state"] == "RU" for one in citizenships)
    mandatory = []
    if russian:
        mandatory.append("cpc-464-1-1")
    if case["person.protection"] == "asylum" and case["person.protection_from_requesting_state"]:
        mandatory.append("cpc-464-1-2")
    if case["offence.finally_judged_in_russia"]:
        mandatory.append("cpc-464-1-3")
    if case["offence.barred_by_limitation"]:
        mandatory.append("cpc-464-1-4")
    if case["court.obstacle_found"]:
        mandatory.append("cpc-464-1-5")
    if not case["offence.crime_in_russia"]:
        mandatory.append("cpc-464-1-6")
    if not russian:
        for one in case["service"]:
            if one["formation"] in ("armed_forces", "other_military_formation") and one["basis"] == "contract":
                serving = 0 < one["from"] <= day <= one["to"]
                former = 0 < one["from"] <= day and one["to"] < day
                if serving or (former and one["fought"]):
                    mandatory.append("cpc-464-1-7")
                    break
    if mandatory:
        return "must_refuse", mandatory
    discretionary = []
    if case["offence.committed_in_russia"] or case["offence.against_russian_interests"]:
        discretionary.append("cpc-464-2-2")
    if case["offence.prosecuted_in_russia"]:
        discretionary.append("cpc-464-2-3")
    if case["offence.private_prosecution"]:
        discretionary.append("cpc-464-2-4")
    return ("may_refuse", discretionary) if discretionary else ("may_grant", [])
