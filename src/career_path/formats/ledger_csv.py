"""A ledger of continuing education from a CSV file, as a spreadsheet writes it.

The first row names the columns: `date`, `title` and `credits` are needed, `unit`, `category`, `approved_by` and `tags`
may be there, in any order. Several categories, bodies or tags stand in one cell with `;` between them. Every bad row
is told with its number, counted as a spreadsheet counts (the names are row 1), and with its column; the good rows can
be used all the same.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NoReturn

import attrs

from career_path.days.numbers import parse_date
from career_path.errors import DocumentError, Fault, InvalidValueError, nearest_name, quoted
from career_path.formats.gate import MOST_BYTES
from career_path.model.ledger import MOST_ACTIVITIES, Activity, Ledger, check_word
from career_path.model.text import check_text

__all__ = ["LEDGER_COLUMNS", "MOST_ROWS", "is_notice", "read_ledger"]

LEDGER_COLUMNS: Final = ("date", "title", "credits", "unit", "category", "approved_by", "tags")
MOST_ROWS: Final = 10_000
"""How many rows are looked at, good and bad together."""
MOST_COLUMNS: Final = 100
"""The widest sheet; what is no column of a ledger is told and not used."""

_NEEDED: Final = LEDGER_COLUMNS[:3]
_SEPARATORS: Final = {";": "semicolons", "\t": "tabs", "|": "bars"}
_AMOUNT: Final = re.compile(r"[0-9]{1,7}(\.[0-9]{1,9})?")
_NOTICES: Final = frozenset({"duplicate-row", "unknown-column"})


def is_notice(fault: Fault) -> bool:
    """Whether a fault only tells something that may be meant: no row is left out because of it.

    >>> is_notice(Fault("duplicate-row", "row 3", "the same as row 2", "each row once"))
    True
    """
    return fault.code in _NOTICES


def read_ledger(text: str | bytes, *, name: str = "ledger") -> tuple[Ledger, tuple[Fault, ...]]:
    r"""The good rows of a CSV text, and everything that is wrong with the others, in the order of the rows.

    A row that another one repeats stays in the ledger and is told; so is a column that no ledger has.

    >>> ledger, faults = read_ledger("date,title,credits\n2027-02-01,Law,1.5\n2027-02-30,Ethics,2\n")
    >>> len(ledger.activities), str(faults[0])
    (1, "row 3, date: not-a-date: found '2027-02-30'; expected a real date written YYYY-MM-DD")

    Raises:
        DocumentError: nothing can be read at all: too large, not UTF-8, another separator, no or doubtful names of
            columns.
    """
    rows = _Rows(_decoded(text, name))
    header = _header(rows, name)
    faults = list(_unknown(header))
    found: dict[Activity, int] = {}
    activities: list[Activity] = []
    for number, cells in rows:
        if len(activities) == MOST_ACTIVITIES or number > MOST_ROWS:
            faults.append(_too_long(number))
            break
        read = _activity(number, header, cells)
        if not isinstance(read, Activity):
            faults += read
            continue
        if read in found:
            faults.append(Fault("duplicate-row", f"row {number}", f"the same as row {found[read]}", "each row once"))
        found.setdefault(read, number)
        activities.append(read)
    return Ledger(activities), (*faults, *rows.faults)


def _too_long(number: int) -> Fault:
    expected = f"at most {MOST_ACTIVITIES} activities in {MOST_ROWS} rows; this row and all after it are not read"
    return Fault("too-long", f"row {number}", "one row too many", expected)


def _refuse(name: str, *faults: Fault) -> NoReturn:
    raise DocumentError(faults, name) from None


def _decoded(text: object, name: str) -> str:
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
        _refuse(name, Fault("not-utf-8", "", found, "text in UTF-8: save the sheet as “CSV UTF-8”"))


class _Rows:
    """The rows that have something in them, with their numbers; `faults` tells where reading had to stop."""

    def __init__(self, text: str) -> None:
        self._reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        self._number = 0
        self.faults: list[Fault] = []

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        while True:
            self._number += 1
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                expected = "cells with matching quotes; this row and all after it are not read"
                self.faults.append(Fault("syntax", f"row {self._number}", quoted(str(error))[1:-1], expected))
                return
            if any(cell.strip() for cell in cells):
                yield self._number, cells


def _header(rows: _Rows, name: str) -> Mapping[str, int]:
    """Where each column stands, by its name."""
    nothing: list[str] = []
    _, cells = next(iter(rows), (1, nothing))
    if not cells:
        expected = f"a first row with {', '.join(LEDGER_COLUMNS)}"
        _refuse(name, *(rows.faults or [Fault("missing", "row 1", "nothing", expected)]))
    separator = next((sign for sign in _SEPARATORS if sign in cells[0]), None)
    if separator is not None and len(cells) == 1:
        _refuse(name, Fault("other-separator", "row 1", f"{_SEPARATORS[separator]} between the cells", "commas"))
    if len(cells) > MOST_COLUMNS:
        _refuse(name, Fault("too-long", "row 1", f"{len(cells)} columns", f"at most {MOST_COLUMNS}"))
    names = ["_".join(cell.casefold().split()) for cell in cells]
    faults = [
        Fault("twice", "row 1", f"the column {quoted(each)} twice", "each column once")
        for each in dict.fromkeys(names)
        if each and names.count(each) > 1
    ]
    faults += [_missing(each, names) for each in _NEEDED if each not in names]
    if faults:
        _refuse(name, *faults)
    return {each: index for index, each in enumerate(names) if each}


def _missing(column: str, names: Sequence[str]) -> Fault:
    others = [name for name in names if name not in LEDGER_COLUMNS]
    shown = ", ".join(quoted(name) for name in names[: len(LEDGER_COLUMNS)])
    return Fault("missing", "row 1", f"the columns {shown}", f"a column {column}", nearest_name(column, others))


def _unknown(header: Mapping[str, int]) -> Iterator[Fault]:
    for column in header:
        if column not in LEDGER_COLUMNS:
            expected = f"one of {', '.join(LEDGER_COLUMNS)}; this column is not used"
            near = nearest_name(column, LEDGER_COLUMNS)
            yield Fault("unknown-column", "row 1", f"the column {quoted(column)}", expected, near)


def _activity(number: int, header: Mapping[str, int], cells: Sequence[str]) -> Activity | list[Fault]:
    """The activity of a row, or all that is wrong with it."""
    faults: list[Fault] = []
    if any(cell.strip() for cell in cells[max(header.values()) + 1 :]):
        expected = "as many cells as there are columns; a text with a comma needs quotes around it"
        faults.append(Fault("too-many-cells", f"row {number}", f"{len(cells)} cells", expected))
    given: dict[str, object] = {}
    for column in LEDGER_COLUMNS:
        index = header.get(column, len(cells))
        cell = cells[index].strip() if index < len(cells) else ""
        try:
            given[column] = _read(column, cell)
        except InvalidValueError as error:
            faults.append(attrs.evolve(error.fault, path=f"row {number}, {column}"))
    return faults or Activity(**given)  # type: ignore[arg-type]  # each was read as its column is


def _read(column: str, cell: str) -> object:
    if not cell and column in _NEEDED:
        raise InvalidValueError("missing", column, "an empty cell", _EXPECTED[column])
    match column:
        case "date":
            return parse_date(cell)
        case "title":
            return " ".join(check_text(cell, column).split())
        case "credits":
            return _amount(cell)
        case "unit":
            return check_word(cell, column) if cell else ""
        case _:
            return tuple(check_word(part, column) for part in cell.split(";") if part.strip())


_EXPECTED: Final = {"date": "a date written YYYY-MM-DD", "title": "what it was", "credits": "an amount such as 1.5"}


def _amount(cell: str) -> Decimal:
    if not _AMOUNT.fullmatch(cell):
        hint = ", with a point and not a comma" if "," in cell else ""
        raise InvalidValueError("not-an-amount", "credits", quoted(cell), f"an amount such as 1.5{hint}")
    amount = Decimal(cell)
    if not amount:
        raise InvalidValueError("not-positive", "credits", quoted(cell), "more than 0")
    return amount
