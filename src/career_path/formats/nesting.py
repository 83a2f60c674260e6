"""How deep a text nests, found by one scan over it before any parser may recurse.

Parsers of JSON and TOML call themselves for every bracket, so the interpreter's stack would be the limit, and
that differs between versions of Python. The scan skips strings and comments with possessive patterns, which
cannot backtrack, and so takes time in proportion to the text.
"""

from __future__ import annotations

import re
from typing import Final

from career_path.errors import Fault

__all__ = ["MOST_KEY_PARTS", "MOST_NESTED", "json_nesting_fault", "line_and_column", "toml_nesting_fault"]

MOST_NESTED: Final = 100
"""How deep lists and tables of a document may lie inside each other."""
MOST_KEY_PARTS: Final = 64
"""How many parts a dotted TOML key may have; the time that parsers take grows with their square."""

_JSON_MARKS: Final = r'"(?>[^"\\]+|\\.)*+"?|[\[\]{}]'
_TOML_MARKS: Final = (
    r'"""(?>[^"\\]+|\\.|"{1,2}(?!"))*+(?:"{3,5})?'
    r"|'''(?>[^']+|'{1,2}(?!'))*+(?:'{3,5})?"
    r'|"(?>[^"\\\n]+|\\[^\n])*+"?'
    r"|'[^'\n]*+'?"
    r"|\#[^\n]*+"
    r"|[\[\]{}.,=\n]"
)


def json_nesting_fault(text: str) -> Fault | None:
    """The fault of a JSON text whose brackets nest too deep, or None.

    >>> json_nesting_fault('["[[[", {}]') is None
    True
    """
    depth = 0
    for token in re.finditer(_JSON_MARKS, text, re.DOTALL):
        match token[0]:
            case "[" | "{":
                depth += 1
                if depth > MOST_NESTED:
                    return _too_deep(text, token.start())
            case "]" | "}":
                depth -= 1
            case _:
                pass
    return None


def toml_nesting_fault(text: str) -> Fault | None:
    """The fault of a TOML text whose brackets nest too deep or whose keys have too many parts, or None.

    >>> print(toml_nesting_fault(".".join("a" * 100) + " = 1"))
    line 1, column 128: too-deep: found a key of more than 64 parts; expected at most 64
    """
    depth = dots = 0
    for token in re.finditer(_TOML_MARKS, text, re.DOTALL):
        mark = token[0]
        if mark == ".":
            dots += 1
            if dots >= MOST_KEY_PARTS:
                place = line_and_column(text, token.start())
                return Fault(
                    "too-deep", place, f"a key of more than {MOST_KEY_PARTS} parts", f"at most {MOST_KEY_PARTS}"
                )
        elif mark[0] not in "\"'#":
            dots = 0
            depth += (mark in "[{") - (mark in "]}")
            if depth > MOST_NESTED:
                return _too_deep(text, token.start())
    return None


def line_and_column(text: str, index: int) -> str:
    r"""Where a character of a text is, both counted from 1.

    >>> line_and_column("a\nbc", 3)
    'line 2, column 2'
    """
    return f"line {text.count(chr(10), 0, index) + 1}, column {index - text.rfind(chr(10), 0, index)}"


def _too_deep(text: str, index: int) -> Fault:
    place = line_and_column(text, index)
    return Fault(
        "too-deep", place, f"more than {MOST_NESTED} lists and tables inside each other", f"at most {MOST_NESTED}"
    )
