import datetime as dt
import pickle
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_path.days.numbers import ALWAYS, FIRST, LAST, NEVER
from career_path.days.pace import Absence, DayPeriods, Pace
from career_path.errors import InvalidValueError
from career_path.testing import absences


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


def shown(number: int) -> str:
    return dt.date.fromordinal(number).isoformat()


def away(*periods: tuple[str, str]) -> DayPeriods:
    return DayPeriods.of(
        Absence(from_=dt.date.fromisoformat(first), through=dt.date.fromisoformat(last)) for first, last in periods
    )


def steady(hours: int, *periods: tuple[str, str], weekly_at_most: int | None = None) -> Pace:
    limit = None if weekly_at_most is None else Fraction(weekly_at_most)
    return Pace.of([(FIRST, Fraction(hours))], away=away(*periods), weekly_at_most=limit)


@pytest.mark.parametrize(
    ("hours", "pace", "finish"),
    [
        # 160 hours at 20 a week are 56 days; 11 January is day one, so 7 March is the last of them.
        (160, steady(20), "2027-03-08"),
        # 160.1 hours begin a 57th day.
        (Fraction(1601, 10), steady(20), "2027-03-09"),
        # No more than 40 a week, although the learner has 60: 28 days.
        (160, steady(60, weekly_at_most=40), "2027-02-08"),
        # No fewer than the learner has: a limit above does nothing.
        (160, steady(20, weekly_at_most=40), "2027-03-08"),
        # 21 days until the end of January, fourteen away, the other 35 from 15 February.
        (160, steady(20, ("2027-02-01", "2027-02-14")), "2027-03-22"),
        # An absence that begins on the day after the last of the work changes nothing.
        (160, steady(20, ("2027-03-08", "2027-03-31")), "2027-03-08"),
        (1, steady(7), "2027-01-12"),
        (0, steady(20), "2027-01-11"),
    ],
    ids=["whole", "a bit more", "limited", "limit above", "absence", "absence after", "one day", "nothing"],
)
def test_work_finishes_on_the_first_day_after_enough_hours(hours: Fraction, pace: Pace, finish: str) -> None:
    assert shown(pace.rule(Fraction(hours)).f(day("2027-01-11"))) == finish


def test_hours_may_change_on_the_way() -> None:
    pace = Pace.of([(FIRST, Fraction(10)), (day("2027-06-01"), Fraction(30))])
    rule = pace.rule(Fraction(100))

    # In sevenths of an hour: 700 are needed, a day holds 10 until 31 May and 30 from June on.
    finishes = {
        "2027-05-01": "2027-06-14",
        "2027-05-02": "2027-06-15",
        "2027-05-04": "2027-06-15",
        "2027-05-05": "2027-06-16",
    }
    assert {start: shown(rule.f(day(start))) for start in finishes} == finishes
    assert shown(rule.latest(day("2027-06-15"))) == "2027-05-04"
    assert shown(rule.soonest(day("2027-06-15"))) == "2027-05-02"


def test_work_that_begins_in_an_absence_waits_for_its_end() -> None:
    pace = steady(20, ("2027-02-01", "2027-02-14"))

    assert shown(pace.rule(Fraction(20)).f(day("2027-02-03"))) == "2027-02-22"
    assert shown(pace.first_working_day(day("2027-02-01"))) == "2027-02-15"
    assert shown(pace.last_working_day(day("2027-02-14"))) == "2027-01-31"
    assert pace.first_working_day(day("2027-01-31")) == pace.last_working_day(day("2027-01-31")) == day("2027-01-31")


def test_without_hours_nothing_is_ever_done() -> None:
    for pace in (Pace.of([]), steady(0), steady(20, ("0001-01-01", "9999-12-31"))):
        rule = pace.rule(Fraction(1, 1_000))
        assert {rule.f(FIRST), rule.f(day("2027-01-11")), rule.f(LAST)} == {NEVER}
        assert rule.latest(LAST) == ALWAYS
        assert (pace.first_working_day(FIRST), pace.last_working_day(LAST)) == (NEVER, ALWAYS)


def test_before_the_first_stated_day_there_are_no_hours() -> None:
    pace = Pace.of([(day("2027-03-01"), Fraction(7))])

    assert shown(pace.rule(Fraction(2)).f(day("2027-01-11"))) == "2027-03-03"
    assert pace.last_working_day(day("2027-02-28")) == ALWAYS


def test_past_the_ends_of_the_calendar_no_work_is_looked_for() -> None:
    pace = steady(20)

    assert [pace.first_working_day(end) for end in (ALWAYS, NEVER)] == [ALWAYS, NEVER]
    assert [pace.last_working_day(end) for end in (ALWAYS, NEVER)] == [ALWAYS, NEVER]


def test_work_that_does_not_fit_before_the_end_of_the_calendar_is_never_done() -> None:
    rule = steady(7).rule(Fraction(10))

    assert rule.f(LAST - 9) == NEVER
    assert rule.f(LAST - 10) == LAST
    assert rule.latest(LAST) == LAST - 10


@pytest.mark.parametrize(
    ("periods", "joined"),
    [
        ([], []),
        ([("2027-02-01", "2027-02-03")], [("2027-02-01", "2027-02-03")]),
        ([("2027-02-04", "2027-02-05"), ("2027-02-01", "2027-02-03")], [("2027-02-01", "2027-02-05")]),
        ([("2027-02-01", "2027-02-28"), ("2027-02-05", "2027-02-06")], [("2027-02-01", "2027-02-28")]),
        (
            [("2027-02-01", "2027-02-03"), ("2027-02-05", "2027-02-06")],
            [("2027-02-01", "2027-02-03"), ("2027-02-05", "2027-02-06")],
        ),
    ],
    ids=["none", "one", "adjacent", "inside", "apart"],
)
def test_absences_that_touch_are_joined(periods: list[tuple[str, str]], joined: list[tuple[str, str]]) -> None:
    found = away(*periods)
    assert [(shown(a), shown(b)) for a, b in zip(found.firsts, found.lasts, strict=True)] == joined


@given(st.lists(absences(min_value=dt.date(2027, 1, 1), max_value=dt.date(2027, 6, 1)), max_size=4), st.data())
def test_overlaps_are_found_as_by_looking_at_every_day(periods: list[Absence], data: st.DataObject) -> None:
    first = data.draw(st.integers(day("2026-12-01"), day("2027-07-01")))
    last = data.draw(st.integers(first, first + 60))
    gone = {d for a in periods for d in range(a.from_.toordinal(), a.through.toordinal() + 1)}
    hit = sorted(gone & set(range(first, last + 1)))
    found = DayPeriods.of(periods)
    early, late = found.overlapping(first, last), found.last_overlapping(first, last)

    assert (early is None) == (late is None) == (not hit)
    for stretch, touched in ((early, hit[:1]), (late, hit[-1:])):
        if stretch:
            assert stretch[0] <= touched[0] <= stretch[1]
            assert gone >= set(range(stretch[0], stretch[1] + 1))
            assert not gone & {stretch[0] - 1, stretch[1] + 1}


@given(
    st.lists(st.tuples(st.integers(0, 80), st.sampled_from((0, 3, 7, 10, 35))), min_size=1, max_size=3),
    st.lists(absences(min_value=dt.date(2027, 1, 1), max_value=dt.date(2027, 3, 1), max_days=9), max_size=3),
    st.none() | st.sampled_from((5, 20)),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_hours_add_up_as_by_counting_every_day(
    changes: list[tuple[int, int]], periods: list[Absence], limit: int | None, offset: int, hours: int
) -> None:
    origin = day("2027-01-01")
    rates = {origin + after: Fraction(weekly) for after, weekly in changes}
    pace = Pace.of(
        sorted(rates.items()),
        away=DayPeriods.of(periods),
        weekly_at_most=None if limit is None else Fraction(limit),
    )
    finish = pace.rule(Fraction(hours)).f(origin + offset)

    def worked_on(number: int) -> Fraction:
        date = dt.date.fromordinal(number)
        known = [weekly for begins, weekly in sorted(rates.items()) if begins <= number]
        if not known or any(a.from_ <= date <= a.through for a in periods):
            return Fraction(0)
        return (known[-1] if limit is None else min(known[-1], Fraction(limit))) / 7

    reached, number = Fraction(0), origin + offset
    while reached < hours and number < origin + 1_000:
        reached += worked_on(number)
        number += 1
    if reached >= hours:
        assert finish == number
    else:
        assert finish > number


def test_an_absence_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidValueError) as caught:
        Absence(from_=dt.date(2027, 7, 2), through=dt.date(2027, 7, 1))
    assert (caught.value.code, caught.value.where) == ("ends-before-it-begins", "through")


def test_an_absence_takes_dates_only() -> None:
    with pytest.raises(InvalidValueError, match="without a time"):
        Absence(from_=dt.datetime(2027, 7, 1, tzinfo=dt.UTC), through=dt.date(2027, 7, 1))


def test_absences_and_paces_are_frozen_hashable_and_can_be_pickled() -> None:
    absence = Absence(from_=dt.date(2027, 7, 1), through=dt.date(2027, 7, 1))
    for value in (absence, DayPeriods.of([absence]), steady(20)):
        assert pickle.loads(pickle.dumps(value)) == value
        assert len({value, attrs.evolve(value)}) == 1
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        absence.through = absence.from_  # type: ignore[misc]
