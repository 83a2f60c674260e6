"""What `renewals` tells someone who holds one or several credentials, without a pathway to plan."""

from __future__ import annotations

import datetime as dt
from typing import Literal, assert_never

from career_path.cli.held import HeldOptions, find_credentials, kept_of, show_open_places
from career_path.cli.options import today_or_clock
from career_path.cli.terminal import show_bytes, show_text, terminal_style
from career_path.model.timeline import Timeline
from career_path.planning.cycles import cycles
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
        DocumentError: a faulty document, or something that the rules ask for is not told.
        UnknownIdError: there is no such credential.
    """
    asked = find_credentials(names)
    today = today_or_clock(options["today"])
    kept = kept_of(asked, options, today=today)
    show_open_places(kept)
    told = [
        (each.credential, cycles(each.credential, each.held, today=today, holder=each.holder, until=options["until"]))
        for each in kept
    ]
    learner, currency = kept[0].holder.learner.id, kept[0].pathway.currency
    others = kept[0].holder.credentials
    if asked.alone is None:
        _show_all(kept_timeline(told, today=today, learner=learner, currency=currency, others=others), options["shape"])
    else:
        one = renewal_timeline(*told[0], today=today, learner=learner, currency=currency, others=others)
        _show(one, options["shape"])
    return 0


def _show(timeline: Timeline, shape: RenewalsFormat) -> None:
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

            show_bytes(renewals_markdown(timeline).encode())
        case "table":
            from career_path.views.renewals import renewals_text  # noqa: PLC0415

            show_text(renewals_text(timeline, width=terminal_style()[0]))
        case _:  # pragma: no cover
            assert_never(shape)


def _show_all(timeline: Timeline, shape: RenewalsFormat) -> None:
    match shape:
        case "json":
            from career_path.formats.renewals_json import format_kept  # noqa: PLC0415

            show_bytes(format_kept(timeline).encode())
        case "ics":
            _show(timeline, "ics")
        case "markdown":
            from career_path.views.keeping import kept_markdown  # noqa: PLC0415

            show_bytes(kept_markdown(timeline).encode())
        case "table":
            from career_path.views.keeping import kept_text  # noqa: PLC0415

            show_text(kept_text(timeline, width=terminal_style()[0]))
        case _:  # pragma: no cover
            assert_never(shape)
