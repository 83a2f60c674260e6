"""Text in a room of so many columns, as in a picture: cut or broken into lines, never in the middle of a character."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import accumulate

from career_path.views.plain import one_line

__all__ = ["columns_of", "fitted", "lines_of"]

_ELLIPSIS = "…"


def columns_of(text: str) -> int:
    """How wide a text is: one for a letter, two for a wide one, none for a mark that is set upon another.

    >>> columns_of("Exam"), columns_of("試験"), columns_of("e\u0301")
    (4, 4, 1)
    """
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def fitted(text: str, columns: int) -> str:
    """The text on one line; where it is wider than `columns`, its beginning with an ellipsis.

    >>> fitted("Program classes", 15), fitted("Program classes", 9)
    ('Program classes', 'Program…')
    """
    line = one_line(text)
    if columns_of(line) <= columns:
        return line
    return f"{_head(line, columns - 1).rstrip()}{_ELLIPSIS}"


def _head(line: str, columns: int) -> str:
    """As many characters from the beginning as fit."""
    return line[: sum(used <= columns for used in accumulate(map(_columns, line)))]


def lines_of(text: str, columns: int, *, most: int) -> tuple[str, ...]:
    """The text in at most `most` lines, broken at blanks where there are any; the last one may end in an ellipsis.

    >>> lines_of("High-school diploma or equivalent", 14, most=2)
    ('High-school', 'diploma or eq…')
    """
    lines = tuple(_broken(one_line(text), columns))
    if len(lines) <= most:
        return lines
    return (*lines[: most - 1], fitted(f"{lines[most - 1]} {lines[most]}", columns))


def _broken(line: str, columns: int) -> Iterator[str]:
    while columns_of(line) > columns:
        head = _head(line, columns)
        blank = len(head) if line[len(head)] == " " else head.rfind(" ")
        cut = blank if blank > 0 else max(len(head), 1)
        yield line[:cut].rstrip()
        line = line[cut:].lstrip()
    if line:
        yield line
