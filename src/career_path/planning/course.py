"""The periods of one credential: those on record as they happened, and those to come, each renewed in time."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import NamedTuple

import attrs

from career_path.days.day_rules import Dates
from career_path.days.numbers import ALWAYS, FIRST, LAST, NEVER
from career_path.days.spans import ZERO
from career_path.errors import DocumentError, Fault
from career_path.model.credentials import Credential
from career_path.model.ends import Cases, EarliestOf, End, LatestOf, Validity, without_first
from career_path.model.learner import Held
from career_path.model.renewal import Applies, Early, Extension, Late, Method, RenewalRule
from career_path.planning.ends import Holder, Stretches, end_of
from career_path.planning.stages import Stages, stages_of

__all__ = ["Course", "Cycle", "Place", "course_of"]


class Place(NamedTuple):
    """From where the end of a period counts: the n-th from an anchor, which may itself be the end of a period.

    With `is_renewal` the anchor is the day of a renewal, and the rule of the first period has nothing to say.
    """

    anchor: int
    nth: int = 1
    is_end: bool = False
    is_renewal: bool = False


class Cycle(NamedTuple):
    """One period as day numbers, both ends included. `through` may be `NEVER`; `printed` is it without extension.

    `start` is the first day of the unbroken stretch that it ends, `since` the day from which a lapse counts for those
    whom a changed rule found lapsed (else 0), `renewed` the day on which it was renewed, on record.
    """

    number: int
    place: Place
    start: int
    begins: int
    through: int
    printed: int
    valid: End | None
    rule: RenewalRule | None
    since: int = ALWAYS
    renewed: int | None = None


class _Version(NamedTuple):
    """The rules that a period is under."""

    valid: End | None
    rule: RenewalRule | None
    since: int = ALWAYS


@attrs.frozen(kw_only=True, eq=False)
class Course:
    """The periods of one paper, one after the other."""

    credential: Credential
    held: Held
    holder: Holder
    stretches_of: Stretches

    @cached_property
    def _path(self) -> str:
        return f"credentials.{self.credential.id}"

    @cached_property
    def first(self) -> Cycle:
        """The period that the grant itself gives."""
        granted = self.held.granted.toordinal()
        return self._cycle(1, Place(self._anchor), granted, granted, None)

    @cached_property
    def on_record(self) -> tuple[Cycle, ...]:
        """The first period and those of all recorded renewals that gained one."""
        cycles = [self.first]
        for day in (renewed.toordinal() for renewed in self.held.renewed):
            following = self.renewed(cycles[-1], day)
            if following is not None:
                cycles[-1] = cycles[-1]._replace(renewed=day)
                cycles.append(following)
        self._check_ends(cycles)
        return tuple(cycles)

    def _check_ends(self, cycles: list[Cycle]) -> None:
        """That the first period has begun before it ends, and that the last one has an end if the rule says so.

        Raises:
            DocumentError: a paper that could never hold, or a list of last days that knows none for it.
        """
        first, last = cycles[0], cycles[-1]
        if first.through < first.begins:
            expected = f"{dt.date.fromordinal(first.begins)} (granted) or later"
            ended = str(dt.date.fromordinal(first.through))
            raise DocumentError((Fault("ends-before-it-begins", f"{self._path}.valid", ended, expected),))
        days = _listed(last.valid)
        if last.through > LAST and days:
            known, expected = f"a list that ends on {days[-1]}", "a last day for the present period"
            raise DocumentError((Fault("no-days-left", f"{self._path}.valid", known, expected),))

    @property
    def _anchor(self) -> int:
        """The day the first period counts from: the grant, unless the paper or its rule says otherwise."""
        if self.held.anchor is not None:
            return self.held.anchor.toordinal()
        valid = self.credential.valid
        step = valid.counted_from if isinstance(valid, Validity) else None
        if step is None:
            return self.held.granted.toordinal()
        return self.holder.finished(step, f"{self._path}.valid.counted_from")

    def stages(self, cycle: Cycle) -> Stages | None:
        """The days inside a period; None where no rule tells of any, or it never ends."""
        if cycle.rule is None or cycle.through > LAST:
            return None
        born = self.holder.learner.born
        path = f"{self._path}.renewal"
        return stages_of(
            cycle.rule, begins=cycle.begins, through=cycle.through, born=born, path=path, since=cycle.since
        )

    def planned(self, cycle: Cycle, today: int) -> Cycle | None:
        """The period after one, renewed on the last day to act or, where that has passed, today; None if never."""
        limit = None if cycle.rule is None else cycle.rule.at_most
        if cycle.through > LAST or cycle.through < today or (limit is not None and cycle.number > limit):
            return None
        stages = self.stages(cycle)
        act_by = cycle.through if stages is None or stages.act_by is None else stages.act_by
        following = self.renewed(cycle, min(max(act_by, today, cycle.begins), cycle.through))
        if following is None or not cycle.through < following.through <= LAST:
            return None
        return following

    def renewed(self, cycle: Cycle, day: int) -> Cycle | None:
        """The period that a renewal on a day gives; None where it gains nothing."""
        if cycle.through > LAST:
            return None  # what never ends is not renewed into another period
        if day > cycle.through:
            anew = self._late(cycle, day)
            return anew if anew.through >= anew.begins else None  # over before it begins: an age reached, say
        return self._in_time(cycle, day) if day >= cycle.begins else None  # else the one before was renewed already

    def _in_time(self, cycle: Cycle, day: int) -> Cycle | None:
        """The period that a renewal inside a period gives; None where it gains nothing: nobody loses by renewing."""
        stages = self.stages(cycle)
        is_early = stages is not None and stages.opens is not None and day < stages.opens
        is_anew = is_early and cycle.rule is not None and cycle.rule.early is Early.NEW_ANCHOR
        if is_early and not is_anew and not _is_from_completion(cycle):
            return None
        if is_anew or _is_from_completion(cycle):
            anew = self._cycle(cycle.number + 1, Place(day, is_renewal=True), day, cycle.start, None)
            return anew if anew.through >= cycle.through else None
        following = self._following(cycle, day, cycle.start)
        if following.through > cycle.through or following.printed < cycle.printed:
            return following if following.through > cycle.through else None
        return following._replace(begins=day)  # a rolled last day can be the same for two cycles

    def _following(self, cycle: Cycle, day: int, start: int) -> Cycle:
        """The period after one that is renewed in time; of two places to count from, the one that leads further."""
        places: tuple[Place, ...] = (cycle.place._replace(nth=cycle.place.nth + 1),)
        if cycle.rule is not None and cycle.rule.method is Method.FIXED_DATE:
            places = (Place(cycle.printed, 1, is_end=True), Place(day, is_renewal=True))
        found = [self._cycle(cycle.number + 1, place, cycle.through + 1, start, cycle) for place in places]
        return max(found, key=lambda each: each.printed)

    def _late(self, cycle: Cycle, day: int) -> Cycle:
        """The period that a renewal after the last day gives."""
        stages = self.stages(cycle)
        grace = None if cycle.rule is None else cycle.rule.grace
        is_in_grace = grace is not None and stages is not None and stages.grace is not None and day <= stages.grace
        is_current = is_in_grace and grace is not None and grace.is_current
        start = cycle.start if is_current else day
        if not _keeps_expiry(cycle, stages, day, is_in_grace=is_in_grace):
            place = Place(day, is_renewal=is_current or _is_from_completion(cycle))
            return self._cycle(cycle.number + 1 if is_current else 1, place, day, start, None)
        kept = cycle
        while kept.through < day:
            following = self._following(kept, day, start)
            if following.printed <= kept.printed:
                return self._cycle(1, Place(day), day, day, None)
            kept = following
        return kept._replace(begins=cycle.through + 1 if is_current else day)

    def _cycle(self, number: int, place: Place, begins: int, start: int, before: Cycle | None) -> Cycle:
        """One period at a place; the rules it is under can move the place, where they changed since the one before."""
        version = self._version(place, begins, before)
        place = _moved(place, version.valid, before)
        is_fixed = version.rule is not None and version.rule.method is Method.FIXED_DATE
        printed = self._through(version.valid, place, is_fixed=is_fixed)
        through = _extended(printed, (*self.credential.extended, *self.held.extended))
        return Cycle(number, place, start, begins, through, printed, version.valid, version.rule, version.since)

    def _version(self, place: Place, begins: int, before: Cycle | None) -> _Version:
        version = _Version(self.credential.valid, self.credential.renewal)
        for change in self.credential.changes:
            since = change.since.toordinal()
            through = self._through(version.valid, _moved(place, version.valid, before), is_fixed=False)
            applies = begins >= since
            if change.applies is Applies.RUNNING_CYCLES:
                applies = through >= since
            elif change.applies is Applies.EVERYBODY:
                applies = through >= since or self._last_way_back(version, begins, through) >= since
            if applies:
                lapsed = since if through < since else version.since
                version = _Version(change.valid or version.valid, change.renewal or version.rule, lapsed)
        return version

    def _last_way_back(self, version: _Version, begins: int, through: int) -> int:
        if version.rule is None:
            return through
        born = self.holder.learner.born
        return stages_of(version.rule, begins=begins, through=through, born=born, path=self._path).last

    def _through(self, valid: End | None, place: Place, *, is_fixed: bool) -> int:
        if valid is None:
            return NEVER
        if is_fixed and place.is_end and isinstance(valid, Validity):
            valid = attrs.evolve(valid, span=ZERO)  # the least active period counts from the completion alone
        if place.is_renewal:
            valid = without_first(valid)
        rule = end_of(
            valid,
            place.nth,
            holder=self.holder,
            path=f"{self._path}.valid",
            is_from_end=place.is_end,
            stretches=self.stretches_of,
        )
        return max(rule.f(place.anchor), FIRST)


def course_of(credential: Credential, held: Held, holder: Holder) -> Course:
    """The periods of a paper of a learner; other papers that its end may depend on are those of the holder."""
    return Course(credential=credential, held=held, holder=holder, stretches_of=_stretches(holder, (credential.id,)))


def _stretches(holder: Holder, seen: tuple[str, ...]) -> Stretches:
    """The stretches of the other papers of a learner; none for one that nobody described.

    Raises:
        DocumentError: papers that end with each other.
    """

    def stretches(credential_id: str) -> tuple[tuple[int, int], ...]:
        credential, held = holder.credential(credential_id), holder.learner.held(credential_id)
        if credential_id in seen:
            found = " and ".join(f"'{each}'" for each in seen[seen.index(credential_id) :])
            path = f"credentials.{credential_id}.valid"
            raise DocumentError((Fault("ring", path, f"the end of {found} by each other", "one that ends by itself"),))
        if credential is None or held is None:
            return ()
        inner = _stretches(holder, (*seen, credential_id))
        other = Course(credential=credential, held=held, holder=holder, stretches_of=inner)
        last_days: dict[int, int] = {}
        for cycle in other.on_record:
            last_days[cycle.start] = max(cycle.through, last_days.get(cycle.start, cycle.through))
        return tuple(last_days.items())

    return stretches


def _listed(end: End | None) -> tuple[dt.date, ...]:
    """The single days that the end of a period is chosen from; none where it follows a rule."""
    match end:
        case Validity():
            return end.until.dates if isinstance(end.until, Dates) else ()
        case EarliestOf():
            return max(map(_listed, end.earliest_of), key=len, default=())
        case LatestOf():
            return max(map(_listed, end.latest_of), key=len, default=())
        case Cases():
            return max((_listed(each.valid) for each in end.cases), key=len, default=())
        case _:
            return ()


def _is_from_completion(cycle: Cycle) -> bool:
    return cycle.rule is not None and cycle.rule.method is Method.FROM_COMPLETION


def _keeps_expiry(cycle: Cycle, stages: Stages | None, day: int, *, is_in_grace: bool) -> bool:
    """Whether a renewal after the last day counts from the old expiry."""
    rule = cycle.rule
    if rule is None or stages is None or rule.method is Method.FROM_COMPLETION:
        return False
    if is_in_grace and rule.grace is not None:
        return rule.grace.keeps_expiry or rule.late is Late.KEPT
    back = next((each for each in stages.back if each.begins <= day <= each.through), None)
    return rule.late is Late.KEPT or (back is not None and back.rung.keeps_expiry)


def _moved(place: Place, valid: End | None, before: Cycle | None) -> Place:
    """The place itself, or the end of the period before where that was under another rule of validity."""
    if place.is_renewal or before is None or before.valid is valid or before.valid == valid:
        return place
    return Place(before.printed, 1, is_end=True)


def _extended(printed: int, extensions: tuple[Extension, ...]) -> int:
    """The last day after extensions; the furthest one counts."""
    reached = [printed]
    for each in extensions:
        last = each.from_ if each.through is None else each.through
        if each.from_.toordinal() <= printed <= last.toordinal():
            reached.append(each.to.toordinal())
    return max(reached)
