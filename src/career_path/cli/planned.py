"""One plan from question to output. Everything is worked out first and written last, so a failure writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import assert_never

from career_path import files
from career_path.cli.options import Question
from career_path.cli.targets import Format, Targets
from career_path.cli.terminal import NO_PLAN, show_bytes, show_errors, show_text, terminal_style
from career_path.model.timeline import Timeline
from career_path.views import sentences

__all__ = ["answer", "exit_code"]


def answer(question: Question, targets: Targets, *, revision: int) -> int:
    """Write the plan; 0, or 1 where it has conflicts or there is none."""
    timeline = question.repaired()
    texts = {
        path: _text(shape, timeline, question, revision=revision, is_screen=path is None)
        for path, shape in _wanted(targets, timeline)
    }
    for path, text in texts.items():
        if path is not None:
            files.write_text(Path(path), text)
    if None in texts:
        _show(texts[None], targets.shape)
    if targets.output or targets.shape != "table":
        show_errors(sentences.conflict_text(conflict, timeline) for conflict in timeline.conflicts)
    return exit_code(timeline)


def exit_code(timeline: Timeline) -> int:
    """0, or 1 where a plan has conflicts or there is none."""
    return NO_PLAN if timeline.conflicts or timeline.finish is None else 0


def _wanted(targets: Targets, timeline: Timeline) -> Iterator[tuple[str | None, Format]]:
    """Where to write what; None is the screen. Without a plan there is no calendar."""
    wanted: list[tuple[str | None, Format]] = [(targets.output, targets.shape)]
    if targets.calendar:
        wanted.append((targets.calendar, "ics"))
    for path, shape in wanted:
        if shape == "ics" and timeline.finish is None:
            show_errors([f"{path or 'standard output'}: no calendar is written, because there is no plan"])
        else:
            yield path, shape


def _text(shape: Format, timeline: Timeline, question: Question, *, revision: int, is_screen: bool) -> str:
    # Each format is imported only when it is asked for: a program that reads JSON need not wait for rich.
    match shape:
        case "json":
            from career_path.formats.documents import format_timeline  # noqa: PLC0415

            return format_timeline(timeline, syntax="json")
        case "ics":
            from career_path.formats.icalendar import format_calendar  # noqa: PLC0415

            return format_calendar(timeline, revision=revision)
        case "markdown":
            from career_path.views.markdown import format_markdown  # noqa: PLC0415

            return format_markdown(timeline)
        case "html":
            from career_path.views.page import format_page  # noqa: PLC0415

            return format_page(timeline)
        case "table":
            return _table(timeline, question, is_screen=is_screen)
        case _:  # pragma: no cover
            assert_never(shape)


def _table(timeline: Timeline, question: Question, *, is_screen: bool) -> str:
    from career_path.cli.alternatives import alternatives  # noqa: PLC0415
    from career_path.views.table import plan_table  # noqa: PLC0415

    others = alternatives(timeline, question.resolved, question.learner, question.plan_for)
    if not is_screen:
        return plan_table(timeline, alternatives=others)
    width, has_color = terminal_style()
    return plan_table(timeline, alternatives=others, width=width, has_color=has_color)


def _show(text: str, shape: Format) -> None:
    if shape == "table":
        show_text(text)
    else:
        show_bytes(text.encode())
