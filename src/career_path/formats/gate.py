"""The gate for text from outside: bytes or text in, a plain table out, and every fault a `Fault`.

What passes is bounded in size and depth and holds text, whole numbers, exact decimals, truth values, dates (from
TOML), lists and tables; no key twice, nothing that is not a number, no half of a surrogate pair. Nothing in a
document is ever run, opened or followed.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final, Literal, NoReturn, cast

from career_path.errors import DocumentError, Fault, nearest_name, quoted
from career_path.formats.nesting import MOST_NESTED, json_nesting_fault, toml_nesting_fault
from career_path.values import Value, frozen

__all__ = ["MOST_BYTES", "MOST_DIGITS", "Syntax", "Table", "join_path", "open_document", "read_json", "read_toml"]

MOST_BYTES: Final = 10_000_000
"""The largest document, in bytes."""
MOST_DIGITS: Final = 18
"""The most digits of a number, before and after the point together."""

Syntax = Literal["toml", "json"]
Table = dict[str, object]

_LONGEST_NUMBER: Final = 40
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_PLAIN_KEY: Final = re.compile(r"\A[A-Za-z0-9_.-]{1,64}\Z")
_TOML_PLACE: Final = r"\(at line ([0-9]+), column ([0-9]+)\)"


def open_document(text: str | bytes, *, syntax: Syntax | None = None, name: str = "document") -> Table:
    """The table that a document holds.

    Without `syntax`, text whose first visible character is `{` is JSON, and everything else TOML.

    >>> open_document('id = "a"'), open_document('{"id": "a"}')
    ({'id': 'a'}, {'id': 'a'})

    Raises:
        DocumentError: not UTF-8, too large, too deep, not of that syntax, keys or numbers that may mislead.
    """
    decoded = _decode(text, name)
    if _chosen(decoded, syntax, name) == "toml":
        return read_toml(decoded, name=name)
    value = read_json(decoded, name=name)
    if isinstance(value, dict):
        return cast("Table", value)
    return _refuse(name, Fault("wrong-type", "", quoted(value), "a table: { … }"))


def _chosen(text: str, syntax: str | None, name: str) -> str:
    if syntax is None:
        return "json" if text.lstrip()[:1] == "{" else "toml"
    if syntax not in ("toml", "json"):
        _refuse(
            name, Fault("unknown-syntax", "", quoted(syntax), "toml or json", nearest_name(syntax, ("toml", "json")))
        )
    return syntax


def read_json(text: str | bytes, *, name: str = "document") -> object:
    """The value that a JSON text holds; decimals are exact.

    Raises:
        DocumentError: as for `open_document`.
    """
    return _read(_decode(text, name), name, json_nesting_fault, _load_json)


def read_toml(text: str | bytes, *, name: str = "document") -> Table:
    """The table that a TOML text holds; decimals are exact.

    Raises:
        DocumentError: as for `open_document`.
    """
    value = _read(_decode(text, name), name, toml_nesting_fault, _load_toml)
    return cast("Table", value)


def _refuse(name: str, *faults: Fault) -> NoReturn:
    raise DocumentError(faults, name) from None


def _decode(text: object, name: str) -> str:
    if isinstance(text, str):
        raw = text[: MOST_BYTES + 1].encode("utf-8", "surrogatepass")
    elif isinstance(text, (bytes, bytearray)):
        raw = bytes(text[: MOST_BYTES + 1])
    else:
        _refuse(name, Fault("wrong-type", "", type(text).__name__, "text or bytes"))
    if len(raw) > MOST_BYTES:
        _refuse(name, Fault("too-large", "", f"more than {MOST_BYTES:,} bytes", f"at most {MOST_BYTES:,} bytes"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"the byte {raw[error.start]:#04x} at position {error.start}"
        _refuse(name, Fault("not-utf-8", "", found, "text in UTF-8"))


def _read(text: str, name: str, nesting_fault: Callable[[str], Fault | None], load: Callable[[str], object]) -> object:
    fault = nesting_fault(text)
    if fault is not None:
        _refuse(name, fault)
    try:
        value = load(text)
    except json.JSONDecodeError as error:
        _refuse(name, Fault("syntax", f"line {error.lineno}, column {error.colno}", _told(error.msg), "JSON"))
    except tomllib.TOMLDecodeError as error:
        _refuse(name, _toml_fault(str(error), text))
    except ValueError:  # Python itself refuses whole numbers of thousands of digits
        _refuse(name, Fault("too-long", "", "a very large number", _TOO_LONG))
    except RecursionError:  # the caller's own stack was nearly full
        _refuse(name, Fault("too-deep", "", "deeper nesting than this program has room for", "less of it"))
    faults = tuple(_value_faults(value))
    if faults:
        _refuse(name, *faults)
    return value


def _toml_fault(message: str, text: str) -> Fault:
    place = re.search(_TOML_PLACE, message)
    where = f"line {place[1]}, column {place[2]}" if place else "end of document"
    said = message.rpartition(" (at ")[0] or message
    if re.match(_TOML_TWICE, said):
        inline = re.match(_TOML_INLINE, said)
        key = inline[1] if inline else _key_before(text.split("\n")[: int(place[1]) if place else None])
        return Fault(
            "duplicate-key", where, f"the key {quoted(key)} a second time" if key else "a key twice", "it once"
        )
    if re.fullmatch(_TOML_OPEN, said):
        return Fault("syntax", where, "a text without its closing quote", _CLOSED)
    return Fault("syntax", where, _told(re.sub(_TOML_KEY, _dotted, said)), "TOML")


_TOML_TWICE: Final = r"Cannot overwrite a value|Cannot declare .* twice|Duplicate inline table key"
_TOML_OPEN: Final = r"Unterminated string|(Illegal|Found invalid) character '\\[nr]'|Expected \"'(?:'')?\""
_TOML_INLINE: Final = r"Duplicate inline table key '(.*)'"
_CLOSED: Final = 'a text that ends with its quote: "…" on one line, or three quotes around several lines'
_TOML_KEY: Final = r"\((?:'[^']*'(?:, )?)+,?\)"
"""A key as tomllib shows it: a tuple of Python."""
_TOML_KEY_LINE: Final = r"""\[+([^\]]+)\]|((?:[A-Za-z0-9_.\s-]|"[^"]*"|'[^']*')+?)="""


def _dotted(match: re.Match[str]) -> str:
    return ".".join(re.findall(r"'([^']*)'", match[0]))


def _key_before(lines: list[str]) -> str:
    """The last key or header in these lines: where a parser stops, the key that it stops at lies on or above."""
    for line in reversed(lines[-_MOST_LINES:]):
        match = re.match(_TOML_KEY_LINE, line[:_LONGEST_LINE].strip())
        if match:
            return (match[1] or match[2]).strip()
    return ""


_MOST_LINES: Final = 1_000
_LONGEST_LINE: Final = 1_000


def _told(message: str) -> str:
    """A parser's complaint, safe to show."""
    return quoted(message.strip())[1:-1]


@frozen
class _Refused(Value):
    """Stands where something was that may not pass, until its place in the document is known."""

    code: str
    found: str
    expected: str


_NOT_A_NUMBER: Final = "a finite number"
_TOO_LONG: Final = f"a number of at most {MOST_DIGITS} digits"


def _load_json(text: str) -> object:
    return json.loads(
        text, object_pairs_hook=_table, parse_constant=_no_number, parse_float=_decimal, parse_int=_integer
    )


def _load_toml(text: str) -> object:
    return tomllib.loads(text, parse_float=_decimal)


def _table(pairs: list[tuple[str, object]]) -> Table:
    table = dict(pairs)
    if len(table) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                table[key] = _Refused("duplicate-key", "this key twice", "it once")
            seen.add(key)
    return table


def _no_number(text: str) -> _Refused:
    return _Refused("not-a-number", text, _NOT_A_NUMBER)


def _integer(text: str) -> int | _Refused:
    return int(text) if len(text) <= _LONGEST_NUMBER else _Refused("too-long", "a very large number", _TOO_LONG)


def _decimal(text: str) -> Decimal | _Refused:
    if len(text) > _LONGEST_NUMBER:
        return _Refused("too-long", "a very long number", _TOO_LONG)
    if text.lstrip("+-") in ("inf", "nan"):
        return _no_number(text)
    mantissa, _, exponent = text.lower().partition("e")
    number = Decimal(mantissa)
    if exponent:
        number = number.scaleb(max(-_FAR, min(int(exponent), _FAR)))
    if number and (abs(number.adjusted()) > MOST_DIGITS or len(number.as_tuple().digits) > MOST_DIGITS):
        return _Refused("too-long", quoted(text)[1:-1], _TOO_LONG)
    return number or Decimal(0)


_FAR: Final = 1_000


def _value_faults(value: object) -> Iterator[Fault]:
    """Everything that may not pass, each with its path. A loop, not a recursion: TOML headers nest without brackets."""
    waiting: list[tuple[str, int, object]] = [("", 0, value)]
    while waiting:
        path, depth, each = waiting.pop()
        if isinstance(each, (dict, list)):
            if depth >= MOST_NESTED:
                yield Fault(
                    "too-deep",
                    path,
                    f"more than {MOST_NESTED} lists and tables inside each other",
                    f"at most {MOST_NESTED}",
                )
                continue
            each = cast("Table | list[object]", each)
            parts = list(_parts(path, each))
            waiting.extend((place, depth + 1, part) for place, part in reversed(parts))
            yield from _key_faults(path, each)
        else:
            yield from _leaf_faults(path, each)


def _parts(path: str, value: Table | list[object]) -> Iterator[tuple[str, object]]:
    if isinstance(value, list):
        yield from ((f"{path}[{index}]", part) for index, part in enumerate(value))
    else:
        yield from ((join_path(path, key), part) for key, part in value.items())


def join_path(path: str, key: str) -> str:
    """The path of a field inside a path; a key that is no plain word is quoted.

    >>> join_path("steps", "exam"), join_path("", "a b")
    ('steps.exam', "'a b'")
    """
    shown = key if _PLAIN_KEY.match(key) else quoted(key)
    return f"{path}.{shown}" if path else shown


def _key_faults(path: str, value: object) -> Iterator[Fault]:
    for key in cast("Table", value) if isinstance(value, dict) else ():
        if _CONTROL.search(key) or _SURROGATE.search(key):
            yield Fault("control-character", path, f"the key {quoted(key)}", "a key without control characters")


def _leaf_faults(path: str, value: object) -> Iterator[Fault]:
    match value:
        case _Refused():
            yield Fault(value.code, path, value.found, value.expected)
        case str() if _SURROGATE.search(value):
            yield Fault("lone-surrogate", path, quoted(value), "whole characters")
        case int() if abs(value) >= 10**MOST_DIGITS:
            yield Fault("too-long", path, "a very large number", _TOO_LONG)
        case dt.time():
            yield Fault("not-a-date", path, str(value), "a date without a time")
        case _:
            pass
