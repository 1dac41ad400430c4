"""What a case tells of alterations, where the case before it was nearly the same."""

from __future__ import annotations

from itertools import product

from lawmodel.reasoning.formula import (
    TRUE,
    Domain,
    Field,
    Input,
    Not,
    OneOf,
    ResolvedQuestion,
    Rule,
    SomeRecord,
    all_of,
    any_of,
)
from lawmodel.reasoning.whole_law.distinguishing_tests import DistinguishingTests, Effects

YES = frozenset({True})


def test_of_records_that_stay_the_rest_of_the_case_may_be_another() -> None:
    quiet = any_of(OneOf(Input("closed"), YES), OneOf(Field("visits", "quiet"), YES))
    condition = all_of(SomeRecord("visits", quiet), Not(OneOf(Input("altered"), frozenset({"never"}))))
    truth = Domain("yes/no")
    domains = {
        "closed": truth,
        "visits": Domain("records", fields=(("quiet", truth),)),
        "altered": Domain("choice", ("never",)),
    }
    question = ResolvedQuestion(
        "entry", ("refused", "granted"), (Rule("r", condition, (("refused", TRUE),)),), domains, ()
    )
    known = DistinguishingTests(question, [Effects({"refused": condition}, (), True)], "altered")
    noisy, silent = {"quiet": False}, {"quiet": True}
    for closed, visits in product((False, True, False), ((), (noisy,), (silent, noisy), (noisy,))):
        told = known.told_by({"closed": closed, "visits": visits, "altered": None})
        assert (told == {"never"}) == any(closed or one["quiet"] for one in visits)
    for closed in (False, True, False):
        told = known.told_by({"closed": closed, "visits": (noisy,), "altered": None})
        assert (told == {"never"}) == closed
