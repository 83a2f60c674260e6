"""The commands."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, Unpack

import click

from career_path.cli.options import PlanOptions, plan_options, question_of
from career_path.cli.planned import answer
from career_path.cli.reading import whole_catalog
from career_path.cli.shapes import AGENDA_FORMATS, DIFF_FORMATS, ROUTES_FORMATS, AgendaFormat, DiffFormat, RoutesFormat
from career_path.cli.targets import FORMATS, Format, targets_of
from career_path.cli.terminal import Application, show_faulty, show_text
from career_path.cli.values import DATE, FILE, HORIZON, ID, LADDER, PLACE, REVISION, SPAN
from career_path.days.spans import Span
from career_path.planning.reminders import Ladder
from career_path.version import VERSION

if TYPE_CHECKING:
    from career_path.cli.comparing import CompareOptions
    from career_path.cli.earned import CreditsOptions
    from career_path.cli.facts import FactsFormat
    from career_path.cli.renewals import RenewalOptions

__all__ = ["application"]

_EXAMPLE: Final = "Example: career-path plan medical-assistant --choose cma-aama --start 2027-01-11 --hours 20"


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
@click.option(
    "--catalog", type=FILE, metavar="FOLDER", help="Find pathways by their ids in FOLDER too: files ID.toml, ID.json."
)
def application(catalog: str | None) -> None:
    """Plan a career as a graph of steps, with real dates and with reasons.

    Exit codes: 0 done, 1 the plan has conflicts or there is none, 2 bad input or an output that cannot be written.
    """


@application.command("list")
def list_command() -> int:
    """List the pathways that come with this library and, with --catalog before it, those in that folder."""
    from career_path.views.outline import catalog_text  # noqa: PLC0415 (only this command needs it)

    found = whole_catalog()
    show_text(catalog_text((name, pathway.name) for name, pathway in found.pathways))
    return show_faulty(found.errors)


@application.command("show")
@click.argument("pathway")
@click.option("--place", type=PLACE, metavar="PLACE", help="As it is there, by the rules of US-TX for example.")
@click.option("--today", type=DATE, metavar="DATE", help="By the rules of this day. Default: the clock.")
@click.option("--overlay", type=ID, metavar="ID", multiple=True, help="An optional overlay that is to hold.")
def show_command(pathway: str, *, place: str | None, today: dt.date | None, overlay: tuple[str, ...]) -> None:
    """Show PATHWAY, an id of the catalog or a file: steps, choices, rules, occupations and sources, in sentences.

    Without a place, a day and an overlay it is shown as it is written, and what changes by them stands at its end.
    """
    from career_path.cli.showing import show_pathway  # noqa: PLC0415 (only this command needs it)

    show_pathway(pathway, place=place, today=today, overlays=overlay)


@application.command("check")
@click.argument("file", type=FILE)
def check_command(file: str) -> None:
    """Check FILE, a pathway (also an id of the catalog), learner or plan, and tell all that is wrong with it."""
    from career_path.cli.checking import check_lines  # noqa: PLC0415 (only this command needs it)

    show_text("".join(f"{line}\n" for line in check_lines(file)))


@application.command("facts", epilog="Example: career-path facts medical-assistant --unsure")
@click.argument("pathways", nargs=-1, metavar="[PATHWAY...]")
@click.option("--unsure", is_flag=True, help="Only those from memory, or without a source.")
@click.option("--older-than", type=SPAN, metavar="SPAN", help="Only those last checked longer ago, as P1Y, or never.")
@click.option("--today", type=DATE, metavar="DATE", help="Tell it as if today were this day. Default: the clock.")
@click.option(
    "--format", "shape", type=click.Choice(["table", "json"]), default="table", help="What is shown. Default: table."
)
def facts_command(
    pathways: tuple[str, ...], *, unsure: bool, older_than: Span | None, today: dt.date | None, shape: FactsFormat
) -> int:
    """Tell each amount, span, date and count of each PATHWAY with its sources; without one, of the whole catalog."""
    from career_path.cli.facts import show_facts  # noqa: PLC0415 (only this command needs it)

    return show_facts(pathways, unsure=unsure, older_than=older_than, today=today, shape=shape)


class _PlanOutputs(PlanOptions):
    shape: Format | None
    output: str | None
    calendar: str | None
    revision: int


@application.command("plan", epilog=_EXAMPLE)
@click.argument("pathway")
@plan_options
@click.option("--format", "shape", type=click.Choice(FORMATS), help="What is shown. Default: table.")
@click.option(
    "-o", "--output", type=FILE, metavar="FILE", help="Write to FILE instead; without --format its suffix decides."
)
@click.option("--calendar", type=FILE, metavar="FILE", help="Also write a calendar (.ics) to FILE.")
@click.option(
    "--revision", type=REVISION, metavar="NUMBER", default="0", help="The number of this edition of the calendar."
)
def plan_command(pathway: str, **options: Unpack[_PlanOutputs]) -> int:
    """Plan PATHWAY, an id of the catalog or a file: dates, slack, costs and the reason for each date."""
    targets = targets_of(
        shape=options["shape"],
        output=options["output"],
        calendar=options["calendar"],
        pathway=pathway,
        learner=options["learner"],
    )
    return answer(question_of(pathway, options), targets, revision=options["revision"])


@application.command("why", epilog="Example: career-path why medical-assistant cma-exam --hours 20")
@click.argument("pathway")
@click.argument("step", type=ID, required=False)
@plan_options
def why_command(pathway: str, step: str | None, **options: Unpack[PlanOptions]) -> int:
    """Tell why STEP of the plan of PATHWAY is not earlier and why not later; without STEP, why the goal is not.

    Of a step or credential that the plan does without, tell why: what the best plan with it would be.
    """
    from career_path.cli.asking import explain  # noqa: PLC0415 (only this command needs it)

    return explain(question_of(pathway, options), step)


class _RoutesOptions(PlanOptions):
    horizon: dt.date | Span | None
    shape: RoutesFormat


@application.command("routes", epilog="Example: career-path routes medical-assistant --hours 20")
@click.argument("pathway")
@plan_options
@click.option(
    "--horizon", type=HORIZON, metavar="DATE|SPAN", help="Weigh money earned up to this day, or so long from today on."
)
@click.option(
    "--format", "shape", type=click.Choice(ROUTES_FORMATS), default="table", help="What is shown. Default: table."
)
def routes_command(pathway: str, **options: Unpack[_RoutesOptions]) -> int:
    """Show the routes of PATHWAY that no other beats in finish day and cost, or in these and money."""
    from career_path.cli.choosing import show_routes  # noqa: PLC0415 (only this command needs it)

    return show_routes(question_of(pathway, options), options["shape"], horizon=options["horizon"])


@application.command("compare", epilog="Example: career-path compare medical-assistant nurse.toml --hours 20")
@click.argument("pathways", nargs=-1, required=True, metavar="PATHWAY...")
@plan_options
@click.option(
    "--horizon",
    type=HORIZON,
    metavar="DATE|SPAN",
    help="Count money up to this day, or so long from today on, as P5Y. Default: P10Y.",
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "json", "markdown", "html"]),
    default="table",
    help="What is shown. Default: table.",
)
def compare_command(pathways: tuple[str, ...], **options: Unpack[CompareOptions]) -> int:
    """Lay careers side by side: for each PATHWAY time to the first pay, cost, hours, exams, renewals, pay and outlook.

    What was done, is chosen and avoided counts in each PATHWAY that knows of it.
    """
    from career_path.cli.comparing import show_careers  # noqa: PLC0415 (only this command needs it)

    return show_careers(pathways, options)


@application.command("diff", epilog="Example: career-path diff before.json after.json")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option(
    "--format", "shape", type=click.Choice(DIFF_FORMATS), default="table", help="What is shown. Default: table."
)
def diff_command(old: str, new: str, shape: DiffFormat) -> int:
    """Tell how the plan in NEW differs from that in OLD, two files that `plan -o FILE.json` wrote."""
    from career_path.cli.choosing import show_diff  # noqa: PLC0415 (only this command needs it)

    return show_diff(old, new, shape)


class _RemindOptions(PlanOptions):
    since: dt.date | None
    until: dt.date | None
    ladder: tuple[Ladder, ...]
    weekdays: bool
    shape: AgendaFormat
    revision: int


@application.command("remind", epilog="Example: career-path remind medical-assistant --hours 20 --until 2027-12-31")
@click.argument("pathway")
@plan_options
@click.option("--since", type=DATE, metavar="DATE", help="The first day to look at. Default: today.")
@click.option("--until", type=DATE, metavar="DATE", help="The last day to look at. Default: a month later.")
@click.option(
    "--before",
    "ladder",
    type=LADDER,
    metavar="KIND=SPAN,…",
    multiple=True,
    help="When to be reminded of a kind of deadline, in place of the usual: expires=P6M,P1M,P0D.",
)
@click.option("--weekdays", is_flag=True, help="A reminder on a weekend comes on the Friday before.")
@click.option(
    "--format", "shape", type=click.Choice(AGENDA_FORMATS), default="table", help="What is shown. Default: table."
)
@click.option(
    "--revision", type=REVISION, metavar="NUMBER", default="0", help="The number of this edition of the calendar."
)
def remind_command(pathway: str, **options: Unpack[_RemindOptions]) -> int:
    """Tell what is due soon in the plan of PATHWAY, what is overdue and what comes next."""
    from career_path.cli.asking import Window, policy_of, remind  # noqa: PLC0415 (only this command needs it)

    question = question_of(pathway, options)
    policy = policy_of(options["ladder"], moves_off_weekends=options["weekdays"])
    window = Window(options["since"], options["until"])
    return remind(question, policy, window, shape=options["shape"], revision=options["revision"])


@application.command("credits", epilog="Example: career-path credits cma-aama ledger.csv --granted 2026-02-10")
@click.argument("credential")
@click.argument("ledger", type=FILE)
@click.option("--granted", type=DATE, metavar="DATE", help="The day on which it was first granted.")
@click.option("--renewed", type=DATE, metavar="DATE", multiple=True, help="A day on which it was renewed.")
@click.option("--born", type=DATE, metavar="DATE", help="Your birth date, where the rule asks for it.")
@click.option("--overlay", type=ID, metavar="ID", multiple=True, help="An optional overlay that is to hold.")
@click.option("--on", type=DATE, metavar="DATE", help="Tell it as of this day. Default: the clock.")
@click.option("--learner", type=FILE, metavar="FILE", help="A learner with work, other credentials, extensions.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    help="What is shown. Default: table.",
)
def credits_command(credential: str, ledger: str, **options: Unpack[CreditsOptions]) -> int:
    """Tell how the continuing education in LEDGER, a CSV file, stands against the rule of CREDENTIAL.

    Several credentials have commas between them; a FILE with several stands for those that the learner holds.
    """
    from career_path.cli.earned import show_credits_of  # noqa: PLC0415 (only this command needs it)

    return show_credits_of(credential, ledger, options)


@application.command("renewals", epilog="Example: career-path renewals cma-aama --granted 2027-09-20")
@click.argument("credentials", nargs=-1, required=True, metavar="CREDENTIAL...")
@click.option("--granted", type=DATE, metavar="DATE", help="The day on which it was first granted.")
@click.option("--renewed", type=DATE, metavar="DATE", multiple=True, help="A day on which it was renewed.")
@click.option("--born", type=DATE, metavar="DATE", help="Your birth date, where the rule asks for it.")
@click.option("--overlay", type=ID, metavar="ID", multiple=True, help="An optional overlay that is to hold.")
@click.option("--until", type=DATE, metavar="DATE", help="Show all cycles that begin by this day. Default: 3 renewals.")
@click.option("--today", type=DATE, metavar="DATE", help="Tell it as if today were this day. Default: the clock.")
@click.option("--learner", type=FILE, metavar="FILE", help="A learner with work, other credentials, extensions.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "json", "ics", "markdown"]),
    default="table",
    help="What is shown. Default: table.",
)
def renewals_command(credentials: tuple[str, ...], **options: Unpack[RenewalOptions]) -> int:
    """Tell the validity periods of each CREDENTIAL: an id in the catalog, FILE:ID, or a FILE of credentials.

    Of several, and of a FILE with several, those that the learner holds are told together.
    """
    from career_path.cli.renewals import show_renewals  # noqa: PLC0415 (only this command needs it)

    return show_renewals(",".join(credentials), options)
