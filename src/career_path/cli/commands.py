"""The commands. This is the only place that reads the clock."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final, Literal, TypedDict, Unpack

import click

from career_path import files
from career_path.cli.learners import LearnerOptions, learner_from
from career_path.cli.planned import Request, answer
from career_path.cli.terminal import Application, show_text
from career_path.cli.values import ABSENCE, AMOUNT, DATE, DONE, HOURS, ID, OBJECTIVE
from career_path.model.learner import Absence, Record
from career_path.model.pathway import Pathway
from career_path.planning import Objective
from career_path.version import VERSION

__all__ = ["application"]

Format = Literal["table", "json", "ics"]

_FORMATS: Final[dict[str, Format]] = {"": "table", ".txt": "table", ".json": "json", ".ics": "ics"}
_EXAMPLE: Final = "Example: career-path plan medical-assistant --choose cma-aama --start 2027-01-11 --hours 20"
_MOST_REVISIONS: Final = 2**31 - 1


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
    """Show the steps and credentials of PATHWAY: an id of the catalog or a file."""
    from career_path.views.outline import pathway_text  # noqa: PLC0415 (only this command needs it)

    show_text(pathway_text(_pathway(pathway)))


@application.command("check")
@click.argument("file")
def check_command(file: str) -> None:
    """Check FILE, a pathway or a learner, and tell everything that is wrong with it."""
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
@click.option("--learner", metavar="FILE", help="A learner file; the options below win over it.")
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
@click.option("-o", "--output", metavar="FILE", help="Write to FILE instead; its suffix decides without --format.")
@click.option("--calendar", metavar="FILE", help="Also write a calendar (.ics) to FILE.")
@click.option(
    "--revision", type=click.IntRange(0, _MOST_REVISIONS), default=0, help="The number of this edition of the calendar."
)
def plan_command(pathway: str, **options: Unpack[_Options]) -> int:
    """Plan PATHWAY, an id of the catalog or a file: dates, slack, costs and the reason for each date."""
    shape = _shape(options["shape"], options["output"])
    _check_targets(options["output"], options["calendar"])
    base = files.load_learner(Path(options["learner"])) if options["learner"] else None
    request = Request(
        pathway=_pathway(pathway),
        learner=learner_from(_said(options), base),
        today=options["today"] or _clock(),
        objective=options["objective"],
        finish_by=options["finish_by"],
        shape=shape,
        output=options["output"],
        calendar=options["calendar"],
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


def _shape(shape: Format | None, output: str | None) -> Format:
    """The format that was asked for or, failing that, the one that the name of the output has."""
    suffix = Path(output).suffix.lower() if output else ""
    found = shape or _FORMATS.get(suffix)
    if found is None:
        expected = "expected a name that ends in .txt, .json or .ics, or --format"
        raise click.BadParameter(f"found '{output}'; {expected}", param_hint="'-o'")
    return found


def _check_targets(output: str | None, calendar: str | None) -> None:
    if output and calendar and Path(output).absolute() == Path(calendar).absolute():
        message = f"found '{calendar}', where -o writes too; expected another file"
        raise click.BadParameter(message, param_hint="'--calendar'")


def _pathway(name: str) -> Pathway:
    """The pathway of a file, or of the catalog where the name is that of no file and has no suffix."""
    return files.load_pathway(Path(name)) if _is_file(name) else files.load_catalog(name)


def _is_file(name: str) -> bool:
    path = Path(name)
    if path.suffix or "/" in name or path.name != name:
        return True
    try:
        return path.is_file()
    except (OSError, ValueError):  # too long for a name, or with a zero byte in it
        return False
