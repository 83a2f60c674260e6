"""Where a plan is written: never over what it was made from, and told before anything is worked out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal, get_args

import click

from career_path import files
from career_path.cli.reading import is_file
from career_path.errors import quoted
from career_path.values import Value, frozen

__all__ = ["FORMATS", "Format", "Targets", "targets_of"]

Format = Literal["table", "json", "ics", "markdown", "html"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)

STANDARD_OUTPUT: Final = "-"
_SUFFIXES: Final[dict[str, Format]] = {
    "": "table",
    ".txt": "table",
    ".json": "json",
    ".ics": "ics",
    ".md": "markdown",
    ".html": "html",
}
_NO_CALENDARS: Final = frozenset({".toml", ".json", ".txt", ".md", ".html"})


@frozen(kw_only=True)
class Targets(Value):
    """The format that was asked for, its file (None: standard output), and the file of the calendar beside it."""

    shape: Format
    output: str | None
    calendar: str | None


def targets_of(
    *, shape: Format | None, output: str | None, calendar: str | None, pathway: str, learner: str | None
) -> Targets:
    """Where to write, after every check that needs no plan.

    Raises:
        click.BadParameter: a name that is none, is that of an input or of the other output, or has a wrong suffix.
        FileError: a folder that is missing, or a name that may not be written.
    """
    output = None if output == STANDARD_OUTPUT else output
    found = _shape(shape, output)
    if calendar is not None:
        _check_calendar(calendar)
    inputs = {"PATHWAY": pathway if is_file(pathway) else None, "--learner": learner}
    _check_apart("-o", output, inputs)
    _check_apart("--calendar", calendar, {**inputs, "-o": output})
    for target in filter(None, (output, calendar)):
        files.check_target(target)
    return Targets(shape=found, output=output, calendar=calendar)


def _shape(shape: Format | None, output: str | None) -> Format:
    """The format that was asked for or, failing that, the one that the name of the output has."""
    found = shape or _SUFFIXES.get(Path(output or "").suffix.lower())
    if found is None:
        raise _wrong("-o", output, "a name that ends in .txt, .json, .ics, .md or .html, or --format")
    return found


def _check_calendar(calendar: str) -> None:
    if calendar == STANDARD_OUTPUT:
        raise _wrong("--calendar", calendar, "a file; a calendar on standard output is --format ics")
    if Path(calendar).suffix.lower() in _NO_CALENDARS:
        raise _wrong("--calendar", calendar, "a name that ends in .ics")


def _check_apart(option: str, target: str | None, others: dict[str, str | None]) -> None:
    for name in _same(target, others):
        raise _wrong(option, target, f"another file than that of {name}")


def _same(target: str | None, others: dict[str, str | None]) -> Iterator[str]:
    return (name for name, other in others.items() if target and other and _is_same(Path(target), Path(other)))


def _is_same(one: Path, other: Path) -> bool:
    """Whether two names lead to one file, also where it is not there yet."""
    try:
        return one.samefile(other) if one.exists() and other.exists() else one.resolve() == other.resolve()
    except (OSError, ValueError, RuntimeError):  # no name that a file can have; reading or writing it tells why
        return False


def _wrong(option: str, found: str | None, expected: str) -> click.BadParameter:
    return click.BadParameter(f"found {quoted(found or '')}; expected {expected}", param_hint=f"'{option}'")
