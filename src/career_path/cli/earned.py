"""From what is said about a credential to the cycle that its continuing education is for."""

from __future__ import annotations

import datetime as dt

from career_path.cli.credits import CreditsFormat, show_credits
from career_path.cli.options import today_or_clock
from career_path.cli.renewals import Found, HeldOptions, find_credential, holder_of
from career_path.errors import DocumentError, Fault
from career_path.model.credits import CreditPeriod, CreditRule
from career_path.model.learner import Held, Learner
from career_path.model.timeline import Renewal
from career_path.planning.cycles import cycles
from career_path.planning.ends import Holder

__all__ = ["CreditsOptions", "show_credits_of"]


class CreditsOptions(HeldOptions):
    """What was asked about continuing education."""

    on: dt.date | None
    shape: CreditsFormat


def show_credits_of(name: str, ledger: str, options: CreditsOptions) -> int:
    """Show how a ledger stands in the cycle of a day; 0 if it is met, 1 if something is missing, 2 for bad rows.

    Raises:
        DocumentError: a faulty document, a credential without such a rule or without an end.
        FileError: the ledger cannot be read.
        UnknownIdError: there is no such credential.
    """
    found = find_credential(name)
    rule = _rule(found)
    learner, held = holder_of(found.credential, options)
    on = today_or_clock(options["on"])
    cycle = _cycle(found, held, learner, on)
    if cycle.valid_through is None:
        raise _missing(found, "valid", "an end, because credits are counted up to it")
    period = CreditPeriod(
        since=cycle.valid_from,
        through=cycle.valid_through,
        number=cycle.number,
        approved=max((day for day in (held.granted, *held.renewed) if day <= on), default=held.granted),
    )
    return show_credits(rule, ledger, period=period, on=on, title=found.credential.name, shape=options["shape"])


def _rule(found: Found) -> CreditRule:
    rule = found.credential.renewal.credits if found.credential.renewal else None
    if rule is None:
        raise _missing(found, "renewal.credits", "what continuing education it asks for")
    return rule


def _missing(found: Found, field: str, expected: str) -> DocumentError:
    fault = Fault("missing", f"credentials.{found.credential.id}.{field}", "nothing", expected)
    return DocumentError((fault,), found.pathway.id)


def _cycle(found: Found, held: Held, learner: Learner, on: dt.date) -> Renewal:
    """The period that the day lies in; before all of them the first, after a lapse the last."""
    holder = Holder(learner=learner, credentials=found.pathway.credentials)
    told = cycles(found.credential, held, today=on, holder=holder)
    return max((each for each in told if each.valid_from <= on), key=lambda each: each.valid_from, default=told[0])
