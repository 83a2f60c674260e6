"""From what is said about credentials to the cycles that their continuing education is for."""

from __future__ import annotations

import datetime as dt

from career_path.cli.credits import CreditsFormat, show_credits, show_joint_credits
from career_path.cli.held import HeldOptions, Kept, find_credentials, kept_of, show_open_places
from career_path.cli.options import today_or_clock
from career_path.days.day_rules import DayRule
from career_path.errors import DocumentError, Fault
from career_path.model.credits import CreditCycle, CreditPeriod, CreditRule
from career_path.model.ends import Validity
from career_path.model.timeline import Renewal
from career_path.planning.cycles import cycle_on
from career_path.planning.validity import bind_birth

__all__ = ["CreditsOptions", "show_credits_of"]


class CreditsOptions(HeldOptions):
    """What was asked about continuing education."""

    on: dt.date | None
    shape: CreditsFormat


def show_credits_of(names: str, ledger: str, options: CreditsOptions) -> int:
    """Show how a ledger stands in the cycle of a day, for one credential or for several together.

    0 if all is met, 1 if something is missing, 2 for bad rows.

    Raises:
        DocumentError: a faulty document, a credential without such a rule or without an end.
        FileError: the ledger cannot be read.
        UnknownIdError: there is no such credential.
    """
    asked = find_credentials(names)
    on = today_or_clock(options["on"])
    kept = kept_of(asked, options, today=on)
    show_open_places(kept)
    if asked.alone is not None:
        one = _cycle(kept[0], on)
        return show_credits(one.rule, ledger, period=one.period, on=on, title=one.name, shape=options["shape"])
    named = [each.credential.id for each in asked.named]
    ruled = [each for each in kept if _rule(each, on) is not None or each.credential.id in named]
    if not ruled:
        expected = f"'renewal.credits' of one that is held: {', '.join(each.credential.id for each in kept)}"
        raise DocumentError((Fault("missing", "credentials", "no rule of continuing education", expected),), names)
    return show_joint_credits([_cycle(each, on) for each in ruled], ledger, on=on, shape=options["shape"])


def _rule(kept: Kept, on: dt.date) -> CreditRule | None:
    return _period(kept, on)[1]


def _missing(kept: Kept, field: str, expected: str) -> DocumentError:
    fault = Fault("missing", f"credentials.{kept.credential.id}.{field}", "nothing", expected)
    return DocumentError((fault,), kept.pathway.id)


def _cycle(kept: Kept, on: dt.date) -> CreditCycle:
    """The rule of a credential and its cycle on a day."""
    period, rule = _period(kept, on)
    if rule is None:
        raise _missing(kept, "renewal.credits", "what continuing education it asks for")
    if period.valid_through is None:
        raise _missing(kept, "valid", "an end, because credits are counted up to it")
    held = kept.held
    days = CreditPeriod(
        since=_regular_start(kept, period) if rule.prorated else period.valid_from,
        through=period.valid_through,
        number=period.count,
        held_since=period.valid_from,
        by=period.credits_by,
        approved=max((day for day in (held.granted, *held.renewed) if day <= on), default=held.granted),
    )
    return CreditCycle(kept.credential.id, title=kept.credential.name, rule=rule, period=days)


def _period(kept: Kept, on: dt.date) -> tuple[Renewal, CreditRule | None]:
    """The period that the day lies in, and what continuing education it asks for."""
    period, rule = cycle_on(kept.credential, kept.held, on=on, holder=kept.holder)
    return period, None if rule is None else rule.credits


def _regular_start(kept: Kept, period: Renewal) -> dt.date:
    """The first day of the period for those who held the credential before; the grant, where that is earlier.

    Only a first period counted to a given day, or by a rule of its own, can be shorter than those after it.
    """
    valid, through = kept.credential.valid, period.valid_through
    if period.count > 1 or not isinstance(valid, Validity) or not valid.is_chained or through is None:
        return period.valid_from
    start = valid.span.before(through + dt.timedelta(days=1))
    if isinstance(valid.until, DayRule):
        start = _after_end_before(kept, valid, valid.until, through)
    return period.valid_from if start is None else min(period.valid_from, start)


def _after_end_before(kept: Kept, valid: Validity, until: DayRule, through: dt.date) -> dt.date | None:
    """The day after the last end of a period before one that ends on a day; None where there was none."""
    rule = bind_birth(until, kept.holder.learner.born, f"credentials.{kept.credential.id}.valid.until")
    latest = valid.span.before(through)
    ended = 0 if latest is None else rule.on_or_before(latest.toordinal() - valid.span.is_zero)
    for _ in range(valid.nth - 1):
        ended = rule.on_or_before(ended - 1)
    return dt.date.fromordinal(ended + 1) if ended > 0 else None
