"""What reaches the screen: results, errors one a line, and exit codes whatever happens."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Final

import attrs
import click

from career_path.errors import CareerPathError, DocumentError, Fault, FileError
from career_path.views.plain import one_line

__all__ = [
    "BAD_INPUT",
    "NO_PLAN",
    "Application",
    "show_bytes",
    "show_errors",
    "show_faulty",
    "show_text",
    "terminal_style",
]

NO_PLAN: Final = 1
BAD_INPUT: Final = 2
_INTERRUPTED: Final = 130

_USUAL_WIDTH: Final = 100
_WIDTHS: Final = (72, 160)

_OPTIONS: Final = {
    "weekly_hours": "give --hours, or weekly_hours in the learner file",
    "born": "give born in the learner file",
}


class Application(click.Group):
    """A group of commands that ends with one of the exit codes and never with a traceback for what a user did."""

    def main(  # type: ignore[override]  # one signature for both of click's overloads
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        *,
        standalone_mode: bool = True,
        **extra: Any,  # noqa: ANN401 (click's own words)
    ) -> int:
        """Run a command; without `standalone_mode`, return its exit code instead of exiting."""
        try:
            result = super().main(args, prog_name, standalone_mode=False, **extra)
            status = result if isinstance(result, int) else 0
        except click.Abort:
            status = _INTERRUPTED
        except click.ClickException as error:
            # A message may name its choices on lines of its own; one error is one line here.
            show_errors([error.format_message()])
            status = BAD_INPUT
        except CareerPathError as error:
            show_errors(error_lines(error))
            status = BAD_INPUT
        if standalone_mode:
            sys.exit(status)
        return status


def error_lines(error: CareerPathError) -> list[str]:
    """An error as lines; a missing fact about the learner says how to give it."""
    if not isinstance(error, DocumentError):
        return [str(error)]
    return [
        f"{error.name}: {_without_echo(fault)}{f'; {_OPTIONS[fault.path]}' if fault.path in _OPTIONS else ''}"
        for fault in error.faults
    ]


def _without_echo(fault: Fault) -> Fault:
    """The same fault without a hint that only repeats what was expected."""
    return attrs.evolve(fault, nearest=None) if fault.expected == f"'{fault.nearest}'" else fault


def show_errors(lines: Iterable[str]) -> None:
    """Lines on standard error, each safe to show there."""
    for line in lines:
        # Nobody is left to tell if standard error itself is gone.
        with contextlib.suppress(OSError):
            click.echo(_encodable(one_line(line), sys.stderr), err=True)


def show_faulty(errors: Iterable[CareerPathError]) -> int:
    """Errors below what could be shown in spite of them; the exit code: 2, or 0 where there is none."""
    told = [line for error in errors for line in error_lines(error)]
    show_errors(told)
    return BAD_INPUT if told else 0


def show_text(text: str) -> None:
    """Text on standard output; what its encoding lacks becomes a question mark."""
    _show(_encodable(text, sys.stdout))


def show_bytes(data: bytes) -> None:
    """Bytes on standard output, unchanged on every system."""
    _show(data)


def _show(message: str | bytes) -> None:
    if sys.stdout is None:  # closed before this process began
        raise FileError("standard output", "is closed")
    try:
        click.echo(message, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _leave_nothing_to_flush()  # the reader has seen enough
    except OSError as error:
        _leave_nothing_to_flush()
        raise FileError("standard output", error.strerror or "cannot be written") from None


def _leave_nothing_to_flush() -> None:
    """What is still in the buffer would fail once more when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _encodable(text: str, stream: object) -> str:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)


def terminal_style() -> tuple[int, bool]:
    """How wide to write, and whether in color: only on a terminal that wants it (see no-color.org)."""
    import shutil  # noqa: PLC0415 (with all that compresses; a calendar in a file has no width)

    narrowest, widest = _WIDTHS
    width = shutil.get_terminal_size((_USUAL_WIDTH, 24)).columns
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    has_color = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return min(max(width, narrowest), widest), has_color
