import datetime as dt

from dateutil.rrule import rrulestr
from hypothesis import given, reject
from hypothesis import strategies as st

from career_path.days.recurrence import Recurrence
from career_path.errors import InvalidValueError

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIRST, LAST = dt.date(2019, 1, 1), dt.date(2032, 1, 1)


def chosen(values: tuple[object, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(
        lambda each: ",".join(map(str, each))
    )


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(("YEARLY", "MONTHLY", "WEEKLY", "DAILY")))
    ordinals = tuple(f"{nth}{day}" for nth in (1, 2, 5, -1, -2) for day in WEEK)
    may = {
        "INTERVAL": st.sampled_from((2, 3, 4, 10)).map(str),
        "BYMONTH": chosen(tuple(range(1, 13))),
        "BYMONTHDAY": chosen((1, 13, 28, 29, 30, 31, -1, -31)),
        "BYYEARDAY": chosen((1, 60, 366, -1, -366)),
        "BYDAY": chosen(WEEK) | chosen(ordinals),
        "BYSETPOS": chosen((1, 2, -1, -2, 5)),
        "COUNT": st.integers(1, 20).map(str),
        "UNTIL": st.sampled_from(("20250101", "20280229")),
        "WKST": st.sampled_from(WEEK),
    }
    names = draw(st.sets(st.sampled_from(sorted(may)), max_size=4))
    return ";".join([f"FREQ={frequency}", *(f"{name}={draw(may[name])}" for name in sorted(names))])


@given(rules(), st.dates(dt.date(2020, 1, 1), dt.date(2024, 12, 31)))
def test_a_recurrence_has_the_days_that_dateutil_gives_it(text: str, start: dt.date) -> None:
    try:
        rule = Recurrence(rule=text, start=start)
    except InvalidValueError:
        reject()
    begin, first, last = (dt.datetime.combine(day, dt.time()) for day in (start, FIRST, LAST))
    expected = [each.date() for each in rrulestr(text, dtstart=begin).between(first, last, inc=True)]
    forward, day = [], rule.on_or_after(FIRST.toordinal())
    while day <= LAST.toordinal():
        forward.append(dt.date.fromordinal(day))
        day = rule.on_or_after(day + 1)
    back, day = [], rule.on_or_before(LAST.toordinal())
    while day >= FIRST.toordinal():
        back.append(dt.date.fromordinal(day))
        day = rule.on_or_before(day - 1)

    assert forward == expected
    assert back == expected[::-1]
