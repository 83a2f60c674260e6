"""Requirements: the conditions for starting a step, as a tree of ALL, ANY and AT LEAST over leaves.

>>> AllOf("program", Needs("bls", within="P2Y")) & AnyOf("exam-a", "exam-b")
AllOf('program', Needs('bls', within='P2Y'), AnyOf('exam-a', 'exam-b'))
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Final, assert_never

import attrs

from career_path.days.spans import ZERO, Span, to_optional_span, to_span
from career_path.errors import InvalidValueError, quoted
from career_path.model.choices import to_choice
from career_path.model.leaves import Combinable, HasFact, Located, Overlapping, Work, Worked
from career_path.model.parts import check_part
from career_path.model.sittings import PaidExtension, Round, to_rounds
from career_path.model.text import CredentialId, StepId, check_id
from career_path.values import frozen

__all__ = [
    "MOST_LEAVES",
    "MOST_NESTED",
    "Aged",
    "AllOf",
    "AnyOf",
    "AtLeast",
    "Event",
    "HasFact",
    "Holds",
    "Leaf",
    "Located",
    "Needs",
    "Order",
    "Overlapping",
    "Requirement",
    "Work",
    "Worked",
    "canonical",
    "distinct",
    "event_text",
    "leaves",
    "span_text",
    "to_requirement",
]

MOST_NESTED: Final = 100
"""How deep requirements may be nested."""
MOST_LEAVES: Final = 10_000
"""How many leaves one requirement may have."""
_OLDEST: Final = 130


class Event(StrEnum):
    """Which end of a needed step counts.

    >>> Needs("program", of="start").of is Event.START
    True
    """

    START = "start"
    FINISH = "finish"


class Order(StrEnum):
    """Whether the needed event must come first.

    >>> Needs("bls", within="P2Y", order=Order.ANY)
    Needs('bls', within='P2Y', order='any')
    """

    AFTER = "after"
    ANY = "any"


def _to_step_id(value: str) -> StepId:
    return StepId(check_id(value, "step"))


def _to_credential_id(value: str) -> CredentialId:
    return CredentialId(check_id(value, "holds"))


def _to_event(value: Event | str) -> Event:
    return to_choice(Event, value, "of")


def _to_order(value: Order | str) -> Order:
    return to_choice(Order, value, "order")


def _to_extensions(value: PaidExtension | None) -> PaidExtension | None:
    return None if value is None else check_part(value, PaidExtension, "extensions")


@frozen
class Needs(Combinable):
    """Another step, and how far its start or finish may lie from the start of the one that needs it.

    `lag`: the least time after the event (negative: up to that long before it). `within`: the event is at most
    this old. `by`: the event comes at most this long after. With order `any` the lag does not bind. `rounds`: what is
    done by the last day of a round counts from its day on. `extensions` of `within` can be bought.

    >>> from datetime import date
    >>> from career_path import Learner, Pathway, Step, plan
    >>> steps = [Step("externship", takes="P2M"), Step("exam", requires=Needs("externship", lag="-P30D"))]
    >>> made = plan(Pathway("p", goal="exam", steps=steps), Learner(), today=date(2027, 1, 4))
    >>> made.step("externship").finish, made.step("exam").start
    (datetime.date(2027, 3, 4), datetime.date(2027, 2, 2))
    """

    step: StepId = attrs.field(converter=_to_step_id)
    of: Event = attrs.field(default=Event.FINISH, converter=_to_event, kw_only=True)
    lag: Span = attrs.field(default=ZERO, converter=to_span, kw_only=True)
    within: Span | None = attrs.field(default=None, converter=to_optional_span, kw_only=True)
    by: Span | None = attrs.field(default=None, converter=to_optional_span, kw_only=True)
    order: Order = attrs.field(default=Order.AFTER, converter=_to_order, kw_only=True)
    rounds: tuple[Round, ...] = attrs.field(default=(), converter=to_rounds, kw_only=True)
    extensions: PaidExtension | None = attrs.field(default=None, converter=_to_extensions, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.rounds and self.order is Order.ANY:
            expected = "order 'after', because rounds wait"
            raise InvalidValueError("rounds-in-any-order", "rounds", "order 'any'", expected)
        if self.extensions is not None and self.within is None:
            raise InvalidValueError("nothing-to-extend", "extensions", "no within", "the window that they make longer")
        for name in ("within", "by"):
            span: Span | None = getattr(self, name)
            if span is not None and span.is_negative:
                raise InvalidValueError("negative", name, quoted(str(span)), "a span that does not lead back")

    def extended(self, times: int) -> Needs:
        """The same with its window made longer so many times, and no more extensions.

        The months of all the spans count together from the event, then the days.

        >>> Needs("approval", within="P3M", extensions=PaidExtension(span="P3M")).extended(1)
        Needs('approval', within='P6M')
        """
        if self.extensions is None or self.within is None:
            return self
        within, more = self.within, self.extensions.span
        months = within.total_months + times * more.total_months
        longer = Span(months=months, days=within.total_days + times * more.total_days)
        return attrs.evolve(self, within=longer if times else within, extensions=None)

    def __repr__(self) -> str:
        shown = [repr(str(self.step))]
        for name in ("of", "lag", "within", "by", "order"):
            value = getattr(self, name)
            if value is not None and value != getattr(attrs.fields(Needs), name).default:
                shown.append(f"{name}={str(value)!r}")
        shown += [f"{name}={value!r}" for name in ("rounds", "extensions") if (value := getattr(self, name))]
        return shown[0] if len(shown) == 1 else f"Needs({', '.join(shown)})"


def _to_truth(value: bool) -> bool:  # noqa: FBT001 (a converter)
    if type(value) is not bool:
        raise InvalidValueError("not-a-truth-value", "throughout", quoted(value), "true or false")
    return value


@frozen
class Holds(Combinable):
    """A credential that is valid on all the days the step occupies, or only when it starts.

    One paper has to do: one already held, or the first that a step of the plan grants.

    >>> Holds("bls", throughout=False) & "program"
    AllOf(Holds(credential='bls', throughout=False), 'program')
    """

    credential: CredentialId = attrs.field(converter=_to_credential_id)
    throughout: bool = attrs.field(default=True, converter=_to_truth, kw_only=True)


def _to_years(value: int) -> int:
    if type(value) is not int or not 0 <= value <= _OLDEST:
        raise InvalidValueError("not-an-age", "aged", quoted(value), f"whole years, 0 to {_OLDEST}")
    return value


def _to_optional_years(value: int | None) -> int | None:
    return None if value is None else _to_years(value)


@frozen
class Aged(Combinable):
    """An age, from that birthday on; `under` adds an upper age, whose last day is the eve of that birthday.

    One born on 29 February reaches an age on 1 March of a common year.

    >>> from datetime import date
    >>> from career_path import Learner, Pathway, Step, plan
    >>> job = Pathway("p", goal="job", steps=[Step("job", requires=Aged(18))])
    >>> plan(job, Learner(born=date(2009, 6, 15)), today=date(2027, 1, 4)).finish
    datetime.date(2027, 6, 15)
    """

    years: int = attrs.field(converter=_to_years)
    under: int | None = attrs.field(default=None, converter=_to_optional_years, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.under is not None and self.under <= self.years:
            raise InvalidValueError("never-holds", "under", str(self.under), f"more than {self.years}")


@attrs.frozen(init=False, eq=False, repr=False)
class AllOf(Combinable):
    """Every one of some requirements; none at all always holds.

    >>> AllOf("program", "bls") == Needs("program") & "bls"
    True
    """

    of: tuple[Requirement, ...]
    depth: int = attrs.field(eq=False)
    size: int = attrs.field(eq=False)

    def __init__(self, *of: Requirement | str) -> None:
        options = _options(of)
        self.__attrs_init__(options, *_measure(options))

    def __repr__(self) -> str:
        return f"AllOf({', '.join(map(repr, self.of))})"

    def __reduce__(self) -> tuple[type[AllOf], tuple[Requirement, ...]]:
        return AllOf, self.of


@attrs.frozen(init=False, eq=False, repr=False)
class AnyOf(Combinable):
    """One of some requirements, whichever is best; an option given twice counts once.

    >>> from datetime import date
    >>> from career_path import Learner, Pathway, Step, plan
    >>> either = Pathway("p", goal=AnyOf("a", "b"), steps=[Step("a", takes="P9M"), Step("b", takes="P8M")])
    >>> [step.id for step in plan(either, Learner(), today=date(2027, 1, 4)).steps]
    ['b']
    """

    of: tuple[Requirement, ...]
    depth: int = attrs.field(eq=False)
    size: int = attrs.field(eq=False)

    def __init__(self, *of: Requirement | str) -> None:
        options = _options(of)
        if not options:
            raise InvalidValueError("empty", "any", "no option", "at least one option; an empty ANY can never hold")
        self.__attrs_init__(options, *_measure(options))

    def __repr__(self) -> str:
        return f"AnyOf({', '.join(map(repr, self.of))})"

    def __reduce__(self) -> tuple[type[AnyOf], tuple[Requirement, ...]]:
        return AnyOf, self.of


@attrs.frozen(init=False, eq=False, repr=False)
class AtLeast(Combinable):
    """At least k of some requirements; an option given twice counts once.

    >>> AtLeast(3, "math", "science", "math")
    Traceback (most recent call last):
    career_path.errors.InvalidValueError: at_least: too-many: found 3; expected at most 2, the number of its options
    """

    k: int
    of: tuple[Requirement, ...]
    depth: int = attrs.field(eq=False)
    size: int = attrs.field(eq=False)

    def __init__(self, k: int, *of: Requirement | str) -> None:
        options = _options(of)
        if type(k) is not int or k < 0:
            raise InvalidValueError("not-a-count", "at_least", quoted(k), "a whole number, 0 or more")
        count = len({canonical(option) for option in options})
        if k > count:
            raise InvalidValueError("too-many", "at_least", str(k), f"at most {count}, the number of its options")
        self.__attrs_init__(k, options, *_measure(options))

    def __repr__(self) -> str:
        return f"AtLeast({', '.join(map(repr, (self.k, *self.of)))})"

    def __reduce__(self) -> tuple[type[AtLeast], tuple[int | Requirement, ...]]:
        return AtLeast, (self.k, *self.of)


Leaf = Needs | Holds | Aged | Worked | Located | HasFact
Requirement = AllOf | AnyOf | AtLeast | Needs | Holds | Aged | Worked | Located | HasFact


def to_requirement(value: object) -> Requirement:
    """A requirement, from itself or from the id of a step that must be finished.

    Raises:
        InvalidValueError: codes `not-a-requirement`, `not-an-id`.
    """
    if isinstance(value, str):
        return Needs(value)
    if isinstance(value, (AllOf, AnyOf, AtLeast, Needs, Holds, Aged, Worked, Located, HasFact)):
        return value
    raise InvalidValueError("not-a-requirement", "", quoted(value), "a requirement or the id of a step")


def _options(of: tuple[Requirement | str, ...]) -> tuple[Requirement, ...]:
    if len(of) > MOST_LEAVES:
        raise InvalidValueError("too-large", "", f"{len(of)} options", f"at most {MOST_LEAVES}")
    return tuple(to_requirement(option) for option in of)


def _measure(options: tuple[Requirement, ...]) -> tuple[int, int]:
    """Depth and number of leaves, refused where either is past its limit; a group without options counts as a leaf."""
    depth = 1 + max((getattr(option, "depth", 0) for option in options), default=0)
    size = max(1, sum(getattr(option, "size", 1) for option in options))
    if depth > MOST_NESTED:
        raise InvalidValueError("too-deep", "", f"requirements nested {depth} deep", f"at most {MOST_NESTED}")
    if size > MOST_LEAVES:
        raise InvalidValueError("too-large", "", f"{size} leaves", f"at most {MOST_LEAVES}")
    return depth, size


def leaves(requirement: Requirement, path: str = "") -> Iterator[tuple[str, Leaf]]:
    """Every leaf with its place in a document (`.all[1]`), in order; each as often as it is written.

    >>> [place for place, _ in leaves(AllOf("a", AnyOf("b", "c")), "goal")]
    ['goal.all[0]', 'goal.all[1].any[0]', 'goal.all[1].any[1]']
    """
    match requirement:
        case AllOf() | AnyOf() | AtLeast():
            name = {AllOf: "all", AnyOf: "any", AtLeast: "of"}[type(requirement)]
            for index, option in enumerate(requirement.of):
                yield from leaves(option, f"{path}.{name}[{index}]")
        case _:
            yield path, requirement


def span_text(span: Span) -> str:
    """A span in its normal form: `P60M` and `P5Y` give the same text."""
    return _plain_text(span.total_months, span.total_days)


@lru_cache(maxsize=4_096)
def _plain_text(months: int, days: int) -> str:
    return str(Span(months=months, days=days))


def event_text(leaf: Needs) -> str:
    """The needed event: `program`, or `start of program`."""
    return f"start of {leaf.step}" if leaf.of is Event.START else str(leaf.step)


def canonical(requirement: Requirement) -> str:  # noqa: C901, PLR0911 (a line per kind)
    """A text that equal requirements share, options sorted and each named once.

    >>> canonical(AnyOf("b", "a", "b"))
    'any(a; b)'
    """
    match requirement:
        case Needs():
            return _needs_text(requirement)
        case Holds():
            return f"holds {requirement.credential}{'' if requirement.throughout else ' at the start'}"
        case Aged():
            upper = "" if requirement.under is None else f" under {requirement.under}"
            return f"aged {requirement.years}{upper}"
        case Worked():
            return _worked_text(requirement)
        case Located():
            return f"located {requirement.place.upper()}"
        case HasFact():
            return f"{requirement.fact} is {requirement.is_!r}"
        case AllOf():
            return f"all({_options_text(requirement)})"
        case AnyOf():
            return f"any({_options_text(requirement)})"
        case AtLeast():
            return f"at least {requirement.k}({_options_text(requirement)})"
        case _:  # pragma: no cover
            assert_never(requirement)


def _worked_text(leaf: Worked) -> str:
    measures = [
        *([] if leaf.span is None else [span_text(leaf.span)]),
        *([] if leaf.hours is None else [f"{leaf.hours} h"]),
    ]
    parts = [f"worked {' or '.join(map(repr, leaf.roles))} for {' and '.join(measures)}"]
    if leaf.in_last is not None:
        parts.append(f"in {span_text(leaf.in_last)}")
    if leaf.overlapping is Overlapping.EACH:
        parts.append("counting each job")
    if leaf.counted_back_from is not None:
        parts.append(f"before {leaf.counted_back_from}")
    return " ".join(parts)


def _options_text(requirement: AllOf | AnyOf | AtLeast) -> str:
    return "; ".join(sorted({canonical(option) for option in requirement.of}))


def _needs_text(leaf: Needs) -> str:
    parts = [event_text(leaf)]
    if leaf.order is Order.ANY:
        parts.append("in any order")
    elif not leaf.lag.is_zero:
        parts.append(f"lag {span_text(leaf.lag)}")
    if leaf.within is not None:
        parts.append(f"within {span_text(leaf.within)}")
    if leaf.by is not None:
        parts.append(f"by {span_text(leaf.by)}")
    if leaf.rounds:
        parts.append(f"rounds {' '.join(f'{each.by}/{each.on}' for each in leaf.rounds)}")
    if leaf.extensions is not None:
        parts.append(_extensions_text(leaf.extensions))
    return " ".join(parts)


def _extensions_text(more: PaidExtension) -> str:
    fee = "" if more.cost is None else f" for {more.cost.normalize():f}"
    return f"extended {more.at_most} times {span_text(more.span)}{fee}"


def distinct(requirement: AllOf | AnyOf | AtLeast) -> tuple[Requirement, ...]:
    """The options in canonical order, each once."""
    return tuple(option for _, option in sorted({canonical(option): option for option in requirement.of}.items()))
