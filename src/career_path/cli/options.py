"""The options that say for whom to plan and how, the same for every command that makes a plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypedDict, TypeVar

import attrs
import click

from career_path import files
from career_path.cli.learners import LearnerOptions, learner_from
from career_path.cli.reading import read_pathway
from career_path.cli.values import ABSENCE, AMOUNT, DATE, DONE, FILE, HOURS, ID, OBJECTIVE, PLACE, STARTED
from career_path.errors import nearest_name, quoted
from career_path.model.entries import optional_ids, resolved_for
from career_path.model.learner import Absence, Learner, Record
from career_path.model.pathway import Pathway
from career_path.model.timeline import NoRouteError, Timeline
from career_path.planning import Objective, plan
from career_path.values import Value, frozen

if TYPE_CHECKING:
    from career_path.model.not_taken import RouteNotTaken

__all__ = ["PlanOptions", "Question", "learner_of", "plan_options", "question_of", "today_or_clock"]

_MOST_HINTS: Final = 4


class PlanOptions(TypedDict):
    """What the options hold."""

    learner: str | None
    learner_id: str | None
    start: dt.date | None
    hours: Fraction | None
    place: str | None
    done: tuple[Record, ...]
    started: tuple[Record, ...]
    absent: tuple[Absence, ...]
    choose: tuple[str, ...]
    avoid: tuple[str, ...]
    overlay: tuple[str, ...]
    deadline: dt.date | None
    finish_by: dt.date | None
    budget: Decimal | None
    objective: Objective
    today: dt.date | None


_OPTIONS: Final = (
    click.option("--learner", type=FILE, metavar="FILE", help="A learner file; the options below win over it."),
    click.option(
        "--learner-id",
        type=ID,
        metavar="ID",
        help="An id for the learner, so that calendars of several people stay apart.",
    ),
    click.option("--start", type=DATE, metavar="DATE", help="Nothing starts before this day. Default: today."),
    click.option("--hours", type=HOURS, metavar="HOURS", help="Hours a week for steps that take hours of work."),
    click.option(
        "--place",
        type=PLACE,
        metavar="PLACE",
        help="Where you are, as in US-TX: rules that hold there are used.",
    ),
    click.option(
        "--done",
        type=DONE,
        metavar="STEP=DATE",
        multiple=True,
        help="A finished step and the first day it counted as done.",
    ),
    click.option(
        "--started", type=STARTED, metavar="STEP=DATE", multiple=True, help="A step under way and its first day."
    ),
    click.option("--absent", type=ABSENCE, metavar="FROM..THROUGH", multiple=True, help="Days away, both included."),
    click.option(
        "--choose", type=ID, metavar="ID", multiple=True, help="A step or credential that the plan has to contain."
    ),
    click.option(
        "--avoid", type=ID, metavar="ID", multiple=True, help="A step or credential that the plan has to do without."
    ),
    click.option(
        "--overlay", type=ID, metavar="ID", multiple=True, help="An optional overlay of the pathway that is to hold."
    ),
    click.option(
        "--deadline", type=DATE, metavar="DATE", help="The day by which all must be done; slack is counted to it."
    ),
    click.option(
        "--finish-by", type=DATE, metavar="DATE", help="Begin as late as possible and still be done by this day."
    ),
    click.option("--budget", type=AMOUNT, metavar="AMOUNT", help="What all may cost, in the currency of the pathway."),
    click.option(
        "--objective",
        type=OBJECTIVE,
        metavar="OBJECTIVE",
        default="earliest",
        help="earliest, cheapest or balanced:AMOUNT (what a day is worth).",
    ),
    click.option("--today", type=DATE, metavar="DATE", help="Plan as if today were this day. Default: the clock."),
)

Command = TypeVar("Command", bound=Callable[..., Any])


def plan_options(command: Command) -> Command:
    """The command with an option for everything that a plan is made from."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@frozen(kw_only=True)
class Question(Value):
    """A plan that is asked for."""

    pathway: Pathway
    learner: Learner
    today: dt.date
    objective: Objective
    finish_by: dt.date | None

    @property
    def resolved(self) -> Pathway:
        """The pathway with the rules that hold for the learner today."""
        return resolved_for(self.pathway, self.learner, today=self.today)

    def answer(self) -> Timeline:
        """The plan; where there is none, the empty one that says why."""
        try:
            return self.plan_for(self.learner)
        except NoRouteError as error:
            return error.timeline

    def repaired(self) -> Timeline:
        """The plan; where it has conflicts, the first of them says what would help."""
        timeline = self.answer()
        if not timeline.conflicts:
            return timeline
        # Most plans have no conflicts, and a command loads only what it needs.
        from career_path.planning.repairs import repairs  # noqa: PLC0415
        from career_path.views.sentences import repair_text  # noqa: PLC0415

        first, *others = timeline.conflicts
        found = repairs(
            self.pathway, self.learner, today=self.today, objective=self.objective, finish_by=self.finish_by
        )
        helped = attrs.evolve(first, repairs=tuple(map(repair_text, found)))
        return attrs.evolve(timeline, conflicts=(helped, *others))

    def why_not(self, name: str) -> RouteNotTaken:
        """Why the plan does without a step or credential.

        Raises:
            NoRouteError: there is no plan at all.
            UnknownIdError: the pathway has no such step or credential.
        """
        from career_path.planning.why_not import why_not  # noqa: PLC0415 (as above)

        return why_not(
            self.pathway, self.learner, name, today=self.today, objective=self.objective, finish_by=self.finish_by
        )

    def plan_for(self, learner: Learner) -> Timeline:
        """The plan for this or a changed learner.

        Raises:
            NoRouteError: there is none.
        """
        return plan(self.pathway, learner, today=self.today, objective=self.objective, finish_by=self.finish_by)


def question_of(pathway: str, options: PlanOptions) -> Question:
    """What the argument PATHWAY and the options ask for, after all checks that need no plan.

    Raises:
        click.BadParameter: an option that does not fit the pathway.
        DocumentError: everything that is wrong with a file.
        FileError: a file cannot be read.
        UnknownIdError: PATHWAY is no file, and the catalog has none of that id.
    """
    learner = learner_of(options)
    question = Question(
        pathway=read_pathway(pathway),
        learner=learner,
        today=today_or_clock(options["today"]),
        objective=options["objective"],
        finish_by=options["finish_by"],
    )
    _check_known("--overlay", options["overlay"], sorted(optional_ids(question.pathway)), "an optional overlay")
    _check_names(options, question.resolved)
    return question


def learner_of(options: PlanOptions) -> Learner:
    """The learner that the options describe, on top of one from a file.

    Raises:
        click.BadParameter: two days on which one step was done.
        DocumentError: everything that is wrong with the file.
        FileError: the file cannot be read.
    """
    _check_done(options["done"])
    base = files.load_learner(Path(options["learner"])) if options["learner"] else None
    return learner_from(_said(options), base)


def today_or_clock(given: dt.date | None) -> dt.date:
    """The day that was given, else the user's."""
    return given or _clock()


def _clock() -> dt.date:
    """The user's day: the one place that reads the clock."""
    return dt.date.today()  # noqa: DTZ011, TID251 (a plan is made in the user's own zone)


def _said(options: PlanOptions) -> LearnerOptions:
    return LearnerOptions(
        learner_id=options["learner_id"],
        start=options["start"],
        hours=options["hours"],
        place=options["place"],
        done=tuple(_records(options)),
        absent=options["absent"],
        choose=options["choose"],
        avoid=options["avoid"],
        overlays=options["overlay"],
        deadline=options["deadline"],
        budget=options["budget"],
    )


def _records(options: PlanOptions) -> Iterator[Record]:
    """One record for each step that was begun or done."""
    finished = {record.step: record for record in options["done"]}
    started = {record.step: record for record in options["started"]}
    for step in dict.fromkeys((*started, *finished)):
        begun, ended = started.get(step), finished.get(step)
        yield Record(step, started=begun.started if begun else None, finished=ended.finished if ended else None)


def _check_done(records: tuple[Record, ...]) -> None:
    """One day for each step: of two, none would be right for sure."""
    days: dict[str, dt.date | None] = {}
    for record in records:
        if days.setdefault(record.step, record.finished) != record.finished:
            found = f"{record.step}={days[record.step]} and {record.step}={record.finished}"
            raise click.BadParameter(f"found {found}; expected one day for a step", param_hint="'--done'")


def _check_names(options: PlanOptions, pathway: Pathway) -> None:
    """What the options name is in the pathway; a name that is not there is told with those that begin so."""
    steps: list[str] = [step.id for step in pathway.steps]
    both = [*steps, *(credential.id for credential in pathway.credentials)]
    for option, names, known, what in (
        ("--done", [record.step for record in options["done"]], steps, "a step"),
        ("--started", [record.step for record in options["started"]], steps, "a step"),
        ("--choose", options["choose"], both, "a step or credential"),
        ("--avoid", options["avoid"], both, "a step or credential"),
    ):
        _check_known(option, names, known, what)


def _check_known(option: str, names: Iterable[str], known: list[str], what: str) -> None:
    for name in names:
        if name not in known:
            message = f"found {quoted(name)}; expected {what} of this pathway{_hint(name, known)}"
            raise click.BadParameter(message, param_hint=f"'{option}'")


def _hint(name: str, known: list[str]) -> str:
    begin_so = [each for each in known if each.startswith(name)][:_MOST_HINTS]
    nearest = nearest_name(name, known)
    told = " or ".join(f"'{each}'" for each in begin_so or filter(None, [nearest]))
    return f"; did you mean {told}?" if told else ""
