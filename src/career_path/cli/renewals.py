"""What `renewals` tells someone who holds one or several credentials, without a pathway to plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Literal, assert_never

import attrs

from career_path.cli.held import HeldOptions, Kept, find_credentials, kept_of, show_open_places
from career_path.cli.options import today_or_clock
from career_path.cli.terminal import show_bytes, show_text, terminal_style
from career_path.model.credits import CreditRule
from career_path.model.learner import check_past
from career_path.model.timeline import Timeline
from career_path.planning.cycles import cycles, ruled_cycles
from career_path.planning.holding import renewal_timeline
from career_path.planning.keeping import kept_timeline

__all__ = ["RenewalOptions", "RenewalsFormat", "show_renewals"]

RenewalsFormat = Literal["table", "json", "ics", "markdown"]


class RenewalOptions(HeldOptions):
    """What was asked about a credential."""

    until: dt.date | None
    today: dt.date | None
    shape: RenewalsFormat


def show_renewals(names: str, options: RenewalOptions) -> int:
    """Show the periods of one credential, or those of several together; 0.

    Raises:
        DocumentError: a faulty document, a day on record later than today, or something that the rules ask for is not
            told.
        UnknownIdError: there is no such credential.
    """
    asked = find_credentials(names)
    today = today_or_clock(options["today"])
    kept = kept_of(asked, options, today=today)
    show_open_places(kept)
    for each in kept:
        check_past(each.holder.learner, today=today)
    told = [
        (each.credential, cycles(each.credential, each.held, today=today, holder=each.holder, until=options["until"]))
        for each in kept
    ]
    learner, currency = kept[0].holder.learner.id, kept[0].pathway.currency
    others = kept[0].holder.credentials
    if asked.alone is None:
        every = kept_timeline(told, today=today, learner=learner, currency=currency, others=others)
        _show_all(_with_applied(every, kept), _rules(kept, today), options["shape"])
    else:
        one = renewal_timeline(*told[0], today=today, learner=learner, currency=currency, others=others)
        _show(_with_applied(one, kept), _rules(kept, today), options["shape"])
    return 0


def _with_applied(timeline: Timeline, kept: Iterable[Kept]) -> Timeline:
    """The timeline with the overlays that made the rules of these credentials."""
    return attrs.evolve(timeline, applied=tuple(dict.fromkeys(one for each in kept for one in each.pathway.applied)))


def _rules(kept: Iterable[Kept], today: dt.date) -> dict[str, CreditRule]:
    """What continuing education the periods ask for that are to be renewed next, by credential."""
    found: dict[str, CreditRule] = {}
    for each in kept:
        (_, rule), *_ = ruled_cycles(each.credential, each.held, today=today, until=today, holder=each.holder)
        if rule is not None and rule.credits is not None:
            found[each.credential.id] = rule.credits
    return found


def _show(timeline: Timeline, rules: Mapping[str, CreditRule], shape: RenewalsFormat) -> None:
    # Each format is imported only when it is asked for.
    match shape:
        case "json":
            from career_path.formats.renewals_json import format_renewals  # noqa: PLC0415

            show_bytes(format_renewals(timeline).encode())
        case "ics":
            from career_path.formats.icalendar import format_calendar  # noqa: PLC0415

            show_bytes(format_calendar(timeline).encode())
        case "markdown":
            from career_path.views.renewals import renewals_markdown  # noqa: PLC0415

            show_bytes(renewals_markdown(timeline, asked=rules).encode())
        case "table":
            from career_path.views.renewals import renewals_text  # noqa: PLC0415

            show_text(renewals_text(timeline, width=terminal_style()[0], asked=rules))
        case _:  # pragma: no cover
            assert_never(shape)


def _show_all(timeline: Timeline, rules: Mapping[str, CreditRule], shape: RenewalsFormat) -> None:
    match shape:
        case "json":
            from career_path.formats.renewals_json import format_kept  # noqa: PLC0415

            show_bytes(format_kept(timeline).encode())
        case "ics":
            _show(timeline, rules, "ics")
        case "markdown":
            from career_path.views.keeping import kept_markdown  # noqa: PLC0415

            show_bytes(kept_markdown(timeline, asked=rules).encode())
        case "table":
            from career_path.views.keeping import kept_text  # noqa: PLC0415

            show_text(kept_text(timeline, width=terminal_style()[0], asked=rules))
        case _:  # pragma: no cover
            assert_never(shape)
