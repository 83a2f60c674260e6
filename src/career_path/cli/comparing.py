"""What `compare` shows: several careers side by side for one learner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

import click

from career_path.cli.options import PlanOptions, learner_of, today_or_clock
from career_path.cli.reading import read_pathway
from career_path.cli.terminal import NO_PLAN, show_bytes, show_text, terminal_style
from career_path.days.spans import Span
from career_path.model.careers import Careers
from career_path.planning.careers import USUAL_HORIZON, compare_pathways

__all__ = ["CompareFormat", "CompareOptions", "show_careers"]

CompareFormat = Literal["table", "json", "markdown", "html"]


class CompareOptions(PlanOptions):
    """What the options hold."""

    horizon: dt.date | Span | None
    shape: CompareFormat


def show_careers(names: Sequence[str], options: CompareOptions) -> int:
    """Show the careers; 1 where one of them has no plan or its plan has conflicts.

    Raises:
        click.BadParameter: a day to finish by, which would make plans that begin as late as possible.
        DocumentError: everything that is wrong with a file, or with what the options name.
        FileError: a file cannot be read.
        UnknownIdError: the catalog has none of an id.
    """
    if options["finish_by"] is not None:
        expected = "none, because careers are compared at their earliest"
        raise click.BadParameter(f"found a day; expected {expected}", param_hint="'--finish-by'")
    careers = compare_pathways(
        [read_pathway(name) for name in names],
        learner_of(options),
        today=today_or_clock(options["today"]),
        horizon=options["horizon"] or USUAL_HORIZON,
        objective=options["objective"],
    )
    _show(careers, options["shape"])
    is_planned = all(each.timeline.finish is not None and not each.timeline.conflicts for each in careers.careers)
    return 0 if is_planned else NO_PLAN


def _show(careers: Careers, shape: CompareFormat) -> None:
    # Each format is imported only when it is asked for.
    if shape == "json":
        from career_path.formats.careers_json import format_careers  # noqa: PLC0415

        show_bytes(format_careers(careers).encode())
    elif shape == "table":
        from career_path.views.careers import careers_text  # noqa: PLC0415

        show_text(careers_text(careers, width=terminal_style()[0]))
    else:
        show_bytes((careers.to_markdown() if shape == "markdown" else careers.to_page()).encode())
