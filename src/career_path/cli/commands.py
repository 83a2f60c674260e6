"""The commands. This is the only place that reads the clock."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final, TypedDict, Unpack

import click

from career_path import files
from career_path.cli.learners import LearnerOptions, learner_from
from career_path.cli.planned import Request, answer
from career_path.cli.reading import read_pathway
from career_path.cli.targets import Format, targets_of
from career_path.cli.terminal import Application, show_text, terminal_style
from career_path.cli.values import ABSENCE, AMOUNT, DATE, DONE, FILE, HOURS, ID, OBJECTIVE
from career_path.errors import nearest_name, quoted
from career_path.model.learner import Absence, Record
from career_path.model.pathway import Pathway
from career_path.planning import Objective
from career_path.version import VERSION

__all__ = ["application"]

_EXAMPLE: Final = "Example: career-path plan medical-assistant --choose cma-aama --start 2027-01-11 --hours 20"
_MOST_REVISIONS: Final = 2**31 - 1
_MOST_HINTS: Final = 4


def _version(context: click.Context, _: click.Parameter, is_asked: bool) -> None:  # noqa: FBT001 (click calls it so)
    if not is_asked:
        return
    show_text(f"career-path {VERSION}\n")
    context.exit()


@click.group(
    cls=Application,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def application() -> None:
    """Plan a career as a graph of steps, with real dates and with reasons.

    Exit codes: 0 done, 1 the plan has conflicts or there is none, 2 bad input or an output that cannot be written.
    """


@application.command("list")
def list_command() -> None:
    """List the pathways that come with this library."""
    from career_path.views.outline import catalog_text  # noqa: PLC0415 (only this command needs it)

    show_text(catalog_text((name, files.load_catalog(name).title) for name in files.catalog_ids()))


@application.command("show")
@click.argument("pathway")
def show_command(pathway: str) -> None:
    """Show the steps, credentials and sources of PATHWAY: an id of the catalog or a file."""
    from career_path.views.outline import pathway_text  # noqa: PLC0415 (only this command needs it)

    show_text(pathway_text(read_pathway(pathway), width=terminal_style()[0]))


@application.command("check")
@click.argument("file", type=FILE)
def check_command(file: str) -> None:
    """Check FILE, a pathway (also an id of the catalog), learner or plan, and tell all that is wrong with it."""
    from career_path.cli.checking import check_lines  # noqa: PLC0415 (only this command needs it)

    show_text("".join(f"{line}\n" for line in check_lines(file)))


class _Options(TypedDict):
    learner: str | None
    learner_id: str | None
    start: dt.date | None
    hours: Fraction | None
    done: tuple[Record, ...]
    absent: tuple[Absence, ...]
    choose: tuple[str, ...]
    avoid: tuple[str, ...]
    deadline: dt.date | None
    finish_by: dt.date | None
    budget: Decimal | None
    objective: Objective
    today: dt.date | None
    shape: Format | None
    output: str | None
    calendar: str | None
    revision: int


@application.command("plan", epilog=_EXAMPLE)
@click.argument("pathway")
@click.option("--learner", type=FILE, metavar="FILE", help="A learner file; the options below win over it.")
@click.option(
    "--learner-id", type=ID, metavar="ID", help="An id for the learner, so that calendars of several people stay apart."
)
@click.option("--start", type=DATE, metavar="DATE", help="Nothing starts before this day. Default: today.")
@click.option("--hours", type=HOURS, metavar="HOURS", help="Hours a week for steps that take hours of work.")
@click.option(
    "--done",
    type=DONE,
    metavar="STEP=DATE",
    multiple=True,
    help="A finished step and the first day it counted as done.",
)
@click.option("--absent", type=ABSENCE, metavar="FROM..THROUGH", multiple=True, help="Days away, both included.")
@click.option(
    "--choose", type=ID, metavar="ID", multiple=True, help="A step or credential that the plan has to contain."
)
@click.option(
    "--avoid", type=ID, metavar="ID", multiple=True, help="A step or credential that the plan has to do without."
)
@click.option(
    "--deadline", type=DATE, metavar="DATE", help="The day by which all must be done; slack is counted to it."
)
@click.option("--finish-by", type=DATE, metavar="DATE", help="Begin as late as possible and still be done by this day.")
@click.option("--budget", type=AMOUNT, metavar="AMOUNT", help="What all may cost, in the currency of the pathway.")
@click.option(
    "--objective",
    type=OBJECTIVE,
    metavar="OBJECTIVE",
    default="earliest",
    help="earliest, cheapest or balanced:AMOUNT (what a day is worth).",
)
@click.option("--today", type=DATE, metavar="DATE", help="Plan as if today were this day. Default: the clock.")
@click.option("--format", "shape", type=click.Choice(["table", "json", "ics"]), help="What is shown. Default: table.")
@click.option(
    "-o", "--output", type=FILE, metavar="FILE", help="Write to FILE instead; without --format its suffix decides."
)
@click.option("--calendar", type=FILE, metavar="FILE", help="Also write a calendar (.ics) to FILE.")
@click.option(
    "--revision", type=click.IntRange(0, _MOST_REVISIONS), default=0, help="The number of this edition of the calendar."
)
def plan_command(pathway: str, **options: Unpack[_Options]) -> int:
    """Plan PATHWAY, an id of the catalog or a file: dates, slack, costs and the reason for each date."""
    targets = targets_of(
        shape=options["shape"],
        output=options["output"],
        calendar=options["calendar"],
        pathway=pathway,
        learner=options["learner"],
    )
    _check_done(options["done"])
    base = files.load_learner(Path(options["learner"])) if options["learner"] else None
    found = read_pathway(pathway)
    _check_names(options, found)
    request = Request(
        pathway=found,
        learner=learner_from(_said(options), base),
        today=options["today"] or _clock(),
        objective=options["objective"],
        finish_by=options["finish_by"],
        shape=targets.shape,
        output=targets.output,
        calendar=targets.calendar,
        revision=options["revision"],
    )
    return answer(request)


def _clock() -> dt.date:
    """The user's day: the one place that reads the clock."""
    return dt.date.today()  # noqa: DTZ011, TID251 (a plan is made in the user's own zone)


def _said(options: _Options) -> LearnerOptions:
    return LearnerOptions(
        learner_id=options["learner_id"],
        start=options["start"],
        hours=options["hours"],
        done=options["done"],
        absent=options["absent"],
        choose=options["choose"],
        avoid=options["avoid"],
        deadline=options["deadline"],
        budget=options["budget"],
    )


def _check_done(records: tuple[Record, ...]) -> None:
    """One day for each step: of two, none would be right for sure."""
    days: dict[str, dt.date | None] = {}
    for record in records:
        if days.setdefault(record.step, record.finished) != record.finished:
            found = f"{record.step}={days[record.step]} and {record.step}={record.finished}"
            raise click.BadParameter(f"found {found}; expected one day for a step", param_hint="'--done'")


def _check_names(options: _Options, pathway: Pathway) -> None:
    """What the options name is in the pathway; a name that is not there is told with those that begin so."""
    steps: list[str] = [step.id for step in pathway.steps]
    both = [*steps, *(credential.id for credential in pathway.credentials)]
    for option, names, known, what in (
        ("--done", [record.step for record in options["done"]], steps, "a step"),
        ("--choose", options["choose"], both, "a step or credential"),
        ("--avoid", options["avoid"], both, "a step or credential"),
    ):
        for name in names:
            if name not in known:
                message = f"found {quoted(name)}; expected {what} of this pathway{_hint(name, known)}"
                raise click.BadParameter(message, param_hint=f"'{option}'")


def _hint(name: str, known: list[str]) -> str:
    begin_so = [each for each in known if each.startswith(name)][:_MOST_HINTS]
    nearest = nearest_name(name, known)
    told = " or ".join(f"'{each}'" for each in begin_so or filter(None, [nearest]))
    return f"; did you mean {told}?" if told else ""
