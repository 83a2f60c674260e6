"""The audit's own account of the periods of one paper: each renewal after the other, by the words of its rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import attrs

from career_path.days.spans import ZERO
from career_path.model.credentials import Credential
from career_path.model.ends import End, Validity
from career_path.model.learner import Held
from career_path.model.renewal import Applies, Change, Early, Extension, Late, Method, RenewalRule, Way
from career_path.planning.audit.own_calendar import ALWAYS, NEVER, next_day
from career_path.planning.audit.own_ends import Asked, From, Unjudged, nth_last_day
from career_path.planning.audit.own_stages import OwnStages, led_back, rung_on, stages_in

__all__ = ["OwnCourse", "Period"]


@attrs.frozen(kw_only=True, eq=False)
class Period:
    """One period, both ends included; `printed` is its last day before any extension.

    `unbroken` is the first day of the stretch that it ends,
    `lapsed_since` is the day from which a lapse counts for those whom a changed rule found lapsed.
    """

    number: int
    start: From
    begins: dt.date
    through: dt.date
    printed: dt.date
    unbroken: dt.date
    valid: End | None
    rule: RenewalRule | None
    lapsed_since: dt.date = ALWAYS
    renewed: dt.date | None = None

    @property
    def method(self) -> Method:
        """From where a renewal counts."""
        return Method.FROM_EXPIRY if self.rule is None else self.rule.method


@attrs.frozen(kw_only=True, eq=False)
class OwnCourse:
    """One paper beside what its credential says; what is done later than `until` renews nothing by itself."""

    credential: Credential
    held: Held
    asked: Asked
    until: dt.date = NEVER

    def on_record(self) -> list[Period]:
        """The first period, and that of every recorded renewal which gained one.

        Raises:
            Unjudged: something is not known that the rules ask for.
        """
        renewed = list(self.held.renewed)
        periods = self._renewed_on(renewed)
        while (day := self._uncounted(periods, renewed)) is not None:
            renewed = sorted((*renewed, day))
            periods = self._renewed_on(renewed)
        return periods

    def first(self) -> Period:
        """The period that the grant itself gives."""
        return self._period(1, From(self._anchor()), self.held.granted, None)

    def _renewed_on(self, days: Iterable[dt.date]) -> list[Period]:
        periods = [self.first()]
        for day in days:
            following = self.renewed(periods[-1], day)
            if following is not None:
                periods[-1] = attrs.evolve(periods[-1], renewed=day)
                periods.append(following)
        return periods

    def _uncounted(self, periods: Iterable[Period], known: Iterable[dt.date]) -> dt.date | None:
        """A day on which another credential was earned or renewed that renews a period of this one by itself."""
        for period in periods:
            if period.rule is None or (period.renewed is not None and period.renewed <= period.through):
                continue
            for way in period.rule.ways:
                first, last = self._time_of(way, period)
                held = self.asked.learner.held(way.credential) if way.is_automatic and way.credential else None
                done = [] if held is None else [held.granted, *held.renewed]
                found = [day for day in done if first <= day <= last and day <= self.until and day not in set(known)]
                if found:
                    return found[0]
        return None

    def _time_of(self, way: Way, period: Period) -> tuple[dt.date, dt.date]:
        """From when until when a way renews a period; never on the day on which that begins."""
        stages, born = self.stages(period), self.asked.learner.born
        if stages is None:
            return NEVER, ALWAYS
        opens = stages.opens if way.opens is None else led_back(way.opens, period.through, born)
        last = next(each.act_by for each in stages.ways if each.id == way.id)
        return max(opens or ALWAYS, next_day(period.begins)), last

    def _anchor(self) -> dt.date:
        if self.held.anchor is not None:
            return self.held.anchor
        valid = self.credential.valid
        if not isinstance(valid, Validity) or valid.counted_from is None:
            return self.held.granted
        record = self.asked.learner.record(valid.counted_from)
        if record is None or record.finished is None:
            raise Unjudged
        return record.finished

    def stages(self, period: Period) -> OwnStages | None:
        """The days inside a period; None where no rule tells of any, or it never ends."""
        if period.rule is None or period.through == NEVER:
            return None
        return stages_in(
            period.rule,
            begins=period.begins,
            through=period.through,
            born=self.asked.learner.born,
            since=period.lapsed_since,
        )

    def coming(self, period: Period, today: dt.date) -> Iterator[Period]:
        """The periods after one, each renewed on the last day to act or today, until there is none."""
        following = self._planned(period, today)
        while following is not None:
            yield following
            following = self._planned(following, today)

    def _planned(self, period: Period, today: dt.date) -> Period | None:
        most = None if period.rule is None else period.rule.at_most
        has_ended = period.through == NEVER or period.through < today
        if has_ended or (most is not None and period.number > most):
            return None
        stages = self.stages(period)
        act_by = period.through if stages is None or stages.act_by is None else stages.act_by
        following = self.renewed(period, min(max(act_by, today, period.begins), period.through))
        if following is None or not period.through < following.through < NEVER:
            return None
        return following

    def renewed(self, period: Period, day: dt.date) -> Period | None:
        """The period that a renewal on a day gives; None where it gains nothing."""
        if period.through == NEVER:
            return None
        if day > period.through or day < period.begins:  # before it begins, the one before was renewed already
            return self._late(period, day) if day > period.through else None
        if period.method is Method.FROM_COMPLETION:
            return self._from_completion(period, day)
        stages = self.stages(period)
        if stages is not None and stages.opens is not None and day < stages.opens:
            is_anew = period.rule is not None and period.rule.early is Early.NEW_ANCHOR
            return self._from_completion(period, day) if is_anew else None
        following = self._in_time(period, day)
        if following.printed < period.printed:
            return None  # nobody loses days by renewing
        return following if following.through > period.through else attrs.evolve(following, begins=day)

    def _from_completion(self, period: Period, day: dt.date) -> Period | None:
        anew = self._period(period.number + 1, From(day, has_first=False), day, None, unbroken=period.unbroken)
        return anew if anew.through >= period.through else None  # nobody loses days by renewing

    def _in_time(self, period: Period, day: dt.date) -> Period:
        """The period after one, counted from the same anchor; with fixed dates from the completion as well."""
        number, begins = period.number + 1, next_day(period.through)
        if period.method is not Method.FIXED_DATE:
            start = attrs.evolve(period.start, nth=period.start.nth + 1)
            return self._period(number, start, begins, period, unbroken=period.unbroken)
        return max(
            (self._period(number, start, begins, period, unbroken=period.unbroken) for start in _fixed(period, day)),
            key=lambda each: each.printed,
        )

    def _late(self, period: Period, day: dt.date) -> Period | None:
        """The period that a renewal after the last day gives; None where it could only be over before it begins."""
        following = self._after_lapse(period, day)
        return following if following.through >= following.begins else None

    def _after_lapse(self, period: Period, day: dt.date) -> Period:
        stages = self.stages(period)
        grace = None if period.rule is None else period.rule.grace
        is_in_grace = stages is not None and stages.grace is not None and day <= stages.grace
        is_current = is_in_grace and grace is not None and grace.is_current
        unbroken = period.unbroken if is_current else day
        if stages is not None and _keeps_expiry(period, stages, day, is_in_grace=is_in_grace):
            kept: Period | None = period
            while kept is not None and kept.through < day:
                following = self._in_time(kept, day)
                kept = following if following.printed > kept.printed else None
            begins = next_day(period.through) if is_current else day
            if kept is not None:
                return attrs.evolve(kept, begins=begins, unbroken=unbroken)
            return self._period(1, From(day), day, None, unbroken=day)
        is_first = not is_current and period.method is not Method.FROM_COMPLETION
        number = period.number + 1 if is_current else 1
        return self._period(number, From(day, has_first=is_first), day, None, unbroken=unbroken)

    # the rules that a period is under

    def _period(
        self, number: int, start: From, begins: dt.date, before: Period | None, *, unbroken: dt.date | None = None
    ) -> Period:
        valid, rule, since = self._rules(start, begins, before)
        printed = self._last_day(valid, start, before, rule)
        return Period(
            number=number,
            start=_restarted(start, valid, before),
            begins=begins,
            through=_put_off(printed, (*self.credential.extended, *self.held.extended)),
            printed=printed,
            unbroken=begins if unbroken is None else unbroken,
            valid=valid,
            rule=rule,
            lapsed_since=since,
        )

    def _rules(
        self, start: From, begins: dt.date, before: Period | None
    ) -> tuple[End | None, RenewalRule | None, dt.date]:
        """When it ends, how it is renewed and from when a lapse counts, after every change that reaches it."""
        valid, rule, since = self.credential.valid, self.credential.renewal, ALWAYS
        for change in self.credential.changes:
            through = self._last_day(valid, start, before, rule)
            if self._reaches(change, (begins, through), rule):
                valid, rule = change.valid or valid, change.renewal or rule
                since = change.since if through < change.since else since
        return valid, rule, since

    def _reaches(self, change: Change, days: tuple[dt.date, dt.date], rule: RenewalRule | None) -> bool:
        begins, through = days
        match change.applies:
            case Applies.NEXT_CYCLE:
                return begins >= change.since
            case Applies.RUNNING_CYCLES:
                return through >= change.since
            case Applies.EVERYBODY:
                return max(through, self._last_way_back(rule, begins, through)) >= change.since

    def _last_way_back(self, rule: RenewalRule | None, begins: dt.date, through: dt.date) -> dt.date:
        if rule is None or through == NEVER:
            return through
        return stages_in(rule, begins=begins, through=through, born=self.asked.learner.born).last

    def _last_day(self, valid: End | None, start: From, before: Period | None, rule: RenewalRule | None) -> dt.date:
        where = _restarted(start, valid, before)
        is_fixed = rule is not None and rule.method is Method.FIXED_DATE
        if is_fixed and where.is_end and isinstance(valid, Validity):
            valid = attrs.evolve(valid, span=ZERO)  # the least active period counts from the completion alone
        return nth_last_day(valid, where, self.asked)


def _restarted(start: From, valid: End | None, before: Period | None) -> From:
    """The same, or the end of the period before, where that was under another rule of validity."""
    is_new = start.nth == 1 and not start.is_end
    return start if is_new or before is None or before.valid == valid else From(before.printed, is_end=True)


def _fixed(period: Period, day: dt.date) -> Iterable[From]:
    """With fixed dates: the next one after the last day, and the first that is far enough from the completion."""
    return From(period.printed, is_end=True), From(day, has_first=False)


def _put_off(printed: dt.date, extensions: Iterable[Extension]) -> dt.date:
    """The last day after extensions; the furthest one counts."""
    moved = [each.to for each in extensions if each.from_ <= printed <= (each.through or each.from_)]
    return max([printed, *moved])


def _keeps_expiry(period: Period, stages: OwnStages, day: dt.date, *, is_in_grace: bool) -> bool:
    """Whether a renewal after the last day counts from the old expiry."""
    rule = period.rule
    if rule is None or rule.method is Method.FROM_COMPLETION:
        return False
    if rule.late is Late.KEPT:
        return True
    if is_in_grace:
        return rule.grace is not None and rule.grace.keeps_expiry
    rung = rung_on(stages, day)
    return rung is not None and rung.keeps_expiry
