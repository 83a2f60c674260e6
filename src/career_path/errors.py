"""The errors of this library, all of them under `CareerPathError`.

Each is a builtin exception too (`ValueError`, `LookupError` …), so that code which does not know this module can
catch it, and keeps what it found in fields, from which its text is made. They are for input that cannot be used.
A plan that comes too late or costs too much is no error: it is returned, with conflicts.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import attrs

from career_path.values import Value, frozen

__all__ = [
    "CareerPathError",
    "DocumentError",
    "Fault",
    "FileError",
    "InvalidValueError",
    "MissingExtraError",
    "SearchLimitError",
    "UnknownIdError",
    "nearest_name",
    "quoted",
]

_LONGEST_QUOTE = 60


class CareerPathError(Exception):
    """The base of every error raised by career_path.

    >>> from career_path import Span
    >>> try:
    ...     Span.parse("60 months")
    ... except CareerPathError as error:
    ...     print(error)
    value: not-a-span: found '60 months'; expected a calendar length such as P90D, P2W, P60M or P1Y6M
    """


@frozen
class Fault(Value):
    """One thing that is wrong with a document, and what would be right.

    `code` is stable and meant for programs; `path` locates the fault (`steps.exam.requires.all[1].within`),
    and is empty for the document as a whole.

    >>> print(Fault("unknown-id", "goal", "'jbo'", "a step of this pathway", nearest="job"))
    goal: unknown-id: found 'jbo'; expected a step of this pathway; did you mean 'job'?
    """

    code: str
    path: str
    found: str
    expected: str
    nearest: str | None = None

    def __str__(self) -> str:
        hint = f"; did you mean '{self.nearest}'?" if self.nearest else ""
        place = self.path or "document"
        return f"{place}: {self.code}: found {self.found}; expected {self.expected}{hint}"


@attrs.define(repr=False)
class DocumentError(CareerPathError, ValueError):
    """A pathway, learner or timeline that cannot be used: all of its faults at once, one line each.

    >>> print(DocumentError((Fault("missing", "goal", "nothing", "a requirement"),), "nurse.toml"))
    nurse.toml: goal: missing: found nothing; expected a requirement
    """

    faults: tuple[Fault, ...]
    name: str = "document"

    def __str__(self) -> str:
        return "\n".join(f"{self.name}: {fault}" for fault in self.faults)


@attrs.define(repr=False)
class InvalidValueError(CareerPathError, ValueError):
    """A value that breaks its own rule when it is made, such as a span of 2,000 years.

    `where` is the field inside the value, or empty for the value as a whole.

    >>> print(InvalidValueError("negative", "hours", "-3", "hours of work, 0 or more"))
    hours: negative: found -3; expected hours of work, 0 or more
    """

    code: str
    where: str
    found: str
    expected: str
    nearest: str | None = None

    @property
    def fault(self) -> Fault:
        """The same as a `Fault`, to be told together with others."""
        return Fault(self.code, self.where, self.found, self.expected, self.nearest)

    def __str__(self) -> str:
        return str(attrs.evolve(self.fault, path=self.where or "value"))


@attrs.define(repr=False)
class UnknownIdError(CareerPathError, LookupError):
    """An id that names nothing here, with the nearest that does.

    >>> print(UnknownIdError("step", "exma", ("exam", "job")))
    there is no step 'exma'; did you mean 'exam'?
    """

    what: str
    name: str
    known: tuple[str, ...] = ()

    def __str__(self) -> str:
        near = nearest_name(self.name, self.known)
        hint = f"; did you mean '{near}'?" if near else ""
        return f"there is no {self.what} {quoted(self.name)}{hint}"


@attrs.define(repr=False)
class SearchLimitError(CareerPathError, RuntimeError):
    """More choices than may be compared: no plan is given, because it could not be called the best.

    >>> from datetime import date
    >>> from career_path import AnyOf, Learner, Pathway, Step, plan
    >>> either = Pathway("p", goal=AnyOf("a", "b"), steps=[Step("a"), Step("b")])
    >>> try:
    ...     plan(either, Learner(), today=date(2027, 1, 4), max_routes=1)
    ... except SearchLimitError as error:
    ...     print(error.limit)
    1
    """

    limit: int

    def __str__(self) -> str:
        return (
            f"more than {self.limit} choices had to be compared, so the best route was not proved; choose or avoid "
            "some steps, raise max_routes, or install the solver for hard choices: pip install 'career-path[solver]'"
        )


@attrs.define(repr=False)
class MissingExtraError(CareerPathError, ImportError):
    """A feature whose optional packages are not installed; `extra` names what to install.

    >>> print(MissingExtraError("writing TOML", "toml"))
    writing TOML needs the extra 'toml': pip install 'career-path[toml]'
    """

    feature: str
    extra: str

    def __str__(self) -> str:
        return f"{self.feature} needs the extra '{self.extra}': pip install 'career-path[{self.extra}]'"


@attrs.define(repr=False)
class FileError(CareerPathError, OSError):
    """A file that cannot be read or written, and why; an older file of that name is left as it was.

    >>> print(FileError("nurse.toml", "there is no such file"))
    nurse.toml: there is no such file
    >>> isinstance(FileError("nurse.toml", "there is no such file"), OSError)
    True
    """

    file: str
    why: str

    def __str__(self) -> str:
        return f"{self.file}: {self.why}"


def quoted(value: object) -> str:
    """A short, printable quotation of anything, safe to show at a terminal.

    >>> quoted("a" * 100)
    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'"
    """
    if isinstance(value, str):
        head = value[: _LONGEST_QUOTE + 1]
        text = ascii(head[:_LONGEST_QUOTE])
        return f"{text[:-1]}…{text[-1]}" if len(head) > _LONGEST_QUOTE else text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Fraction)) and (value.numerator * value.denominator).bit_length() > _LONGEST_QUOTE:
        return "a very large number"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, (list, tuple)):
        return "a list"
    text = ascii(value) if value is None else ascii(str(value))[1:-1]
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def nearest_name(name: object, known: Iterable[str]) -> str | None:
    """The known name that `name` most likely meant, or None.

    >>> nearest_name("exam-nah", ["exam-nha", "job"])
    'exam-nha'
    """
    if not isinstance(name, str) or len(name) > _LONGEST_QUOTE:
        return None
    import difflib  # noqa: PLC0415 (only a fault needs it)

    return next(iter(difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)), None)
