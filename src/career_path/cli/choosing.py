"""What `routes` and `diff` show: what there is to choose, and how one plan differs from another."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import assert_never

import click

from career_path import files
from career_path.cli.options import Question
from career_path.cli.shapes import DiffFormat, RoutesFormat
from career_path.cli.terminal import NO_PLAN, show_bytes, show_errors, show_text, terminal_style
from career_path.days.spans import Span
from career_path.model.timeline import NoRouteError
from career_path.planning.careers import to_horizon
from career_path.planning.front import FrontRoute, routes
from career_path.views.sentences import conflict_text

__all__ = ["show_diff", "show_routes"]


def show_routes(question: Question, shape: RoutesFormat, *, horizon: dt.date | Span | None) -> int:
    """Show the front, with a horizon also the money earned by then; 1 where every route has conflicts or there is none.

    Raises:
        click.BadParameter: options that choose one route.
        InvalidValueError: the horizon lies before today.
    """
    _check_open(question)
    day = None if horizon is None else to_horizon(horizon, today=question.today)
    try:
        front = routes(question.pathway, question.learner, today=question.today, earned_by=day)
    except NoRouteError as error:
        show_errors(conflict_text(conflict, error.timeline) for conflict in error.conflicts)
        return NO_PLAN
    _show(front, question, shape)
    return 0 if any(not each.timeline.conflicts for each in front) else NO_PLAN


def show_diff(old: str, new: str, shape: DiffFormat) -> int:
    """Show how one plan differs from another; 0, also where nothing does.

    Raises:
        DocumentError: a file is no timeline.
        FileError: a file cannot be read.
    """
    before, after = (files.load_timeline(Path(name)) for name in (old, new))
    if shape == "json":
        from career_path.formats.diff_json import format_diff  # noqa: PLC0415 (only for this format)

        show_bytes(format_diff(before, after).encode())
    else:
        from career_path.views.differences import differences_text  # noqa: PLC0415 (only for this format)

        show_text(differences_text(before, after, width=terminal_style()[0]))
    return 0


def _check_open(question: Question) -> None:
    """The front is there whatever is aimed at."""
    if question.objective != "earliest":
        raise click.BadParameter(
            "found an aim; expected none, because routes for all of them are shown", param_hint="'--objective'"
        )
    if question.finish_by is not None:
        raise click.BadParameter(
            "found a day; expected none, because routes are shown at their earliest", param_hint="'--finish-by'"
        )


def _show(front: tuple[FrontRoute, ...], question: Question, shape: RoutesFormat) -> None:
    # Each format is imported only when it is asked for.
    match shape:
        case "json":
            from career_path.formats.routes_json import format_routes  # noqa: PLC0415

            show_bytes(format_routes(front).encode())
        case "markdown":
            from career_path.views.front import front_markdown  # noqa: PLC0415

            show_bytes(front_markdown(front, question.resolved).encode())
        case "table":
            from career_path.views.front import front_text  # noqa: PLC0415

            show_text(front_text(front, question.resolved, width=terminal_style()[0]))
        case _:  # pragma: no cover
            assert_never(shape)
