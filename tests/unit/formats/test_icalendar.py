"""Calendars: which days stand in them, under which ids, and how text is written."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars import read_back, read_events
from career_path.errors import InvalidValueError, UnknownIdError
from career_path.formats.icalendar import calendar_lines, format_calendar
from career_path.formats.icalendar_lint import lint_calendar
from career_path.model.overlays import AppliedOverlay
from career_path.model.pathway import StepKind
from career_path.model.timeline import (
    Conflict,
    ConflictKind,
    Deadline,
    DeadlineKind,
    PlannedStep,
    Reason,
    ReasonKind,
    Reminder,
    Renewal,
    Status,
    Timeline,
    TotalCost,
)
from career_path.views import sentences

TODAY = dt.date(2027, 1, 4)
NAUGHTY = Path(__file__).parents[3].parent / "shared" / "outside" / "parsers" / "blns.json"

# The ids are uuid5 worked out with hashlib from RFC 9562 section 5.5 and the texts beside them.
START_OF_PROGRAM = "130f47a0-542a-5164-b4fe-cb6478af07aa"  # tiny/me/program/start/0
FINISH_OF_PROGRAM = "d59e9005-dd0f-5228-9796-2d7ce3bfce57"  # tiny/me/program/finish/0
FINISH_OF_DIPLOMA = "65ad7ee7-c25d-58bc-a9fa-0dc95081a922"  # tiny/me/diploma/finish/0
START_OF_EXAM = "ecc11a3d-3320-5369-a17f-00349d76ab7b"  # tiny/me/exam/start/0
FIRST_CMA_ENDS = "1333fb76-7fc2-5335-819e-978b61d26fcb"  # tiny/me/cma-aama/valid-through/1
WHOLE = "5f3e4b58-7585-575d-9b86-c8aeefb48364"  # tiny/me/tiny/whole/0
SITTING = "00000000-0000-5000-8000-000000000001"
EARLY_ALARM = "00000000-0000-5000-8000-0000000000a1"
LAST_ALARM = "00000000-0000-5000-8000-0000000000a2"

PROGRAM = PlannedStep(
    id="program",
    title="Program",
    kind=StepKind.PROGRAM,
    status=Status.PLANNED,
    start=dt.date(2027, 1, 11),
    finish=dt.date(2027, 10, 11),
    latest_start=dt.date(2027, 2, 1),
    latest_finish=dt.date(2027, 11, 1),
    reasons=(Reason(kind=ReasonKind.LEARNER_START, rule="learner.start", on=dt.date(2027, 1, 11)),),
)
EXAM = PlannedStep(
    id="exam",
    title="Exam; CMA (AAMA), computer-based, at one of many test centers of the country",
    kind=StepKind.EXAM,
    status=Status.PLANNED,
    start=dt.date(2027, 11, 1),
    finish=dt.date(2027, 11, 1),
)
DIPLOMA = PlannedStep(
    id="diploma",
    title="Diploma",
    kind=StepKind.DIPLOMA,
    status=Status.FINISHED,
    start=None,
    finish=dt.date(2026, 6, 1),
)
DUE = Deadline(id=SITTING, kind=DeadlineKind.SITTING_ENDS, on=dt.date(2027, 11, 30), step="exam")
FIRST_CMA = Renewal(
    credential="cma-aama",
    number=1,
    valid_from=dt.date(2027, 11, 1),
    valid_through=dt.date(2032, 11, 30),
    act_by=dt.date(2032, 9, 30),
)
TINY = Timeline(
    pathway="tiny",
    title="Tiny",
    learner="me",
    today=TODAY,
    horizon=dt.date(2127, 1, 4),
    finish=dt.date(2027, 11, 1),
    cost=TotalCost(amount=Decimal(0), currency="USD"),
    steps=(DIPLOMA, PROGRAM, EXAM),
    deadlines=(DUE,),
    renewals=(FIRST_CMA,),
    reminders=(
        Reminder(id=LAST_ALARM, on=dt.date(2027, 11, 30), deadline=SITTING),
        Reminder(id=EARLY_ALARM, on=dt.date(2027, 10, 31), deadline=SITTING),
    ),
    names=(("exam", "Exam"), ("cma-aama", "CMA (AAMA)")),
)
EMPTY = attrs.evolve(TINY, steps=(), deadlines=(), renewals=(), reminders=())

GOLDEN = f"""\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//career_path//career_path//EN
CALSCALE:GREGORIAN
NAME:Tiny
X-WR-CALNAME:Tiny
DESCRIPTION:Check every date with the school\\, the examiner or the issuer b
 efore you rely on it.
REFRESH-INTERVAL;VALUE=DURATION:PT12H
X-PUBLISHED-TTL:PT12H
BEGIN:VEVENT
UID:{FINISH_OF_DIPLOMA}
DTSTAMP:20270104T000000Z
LAST-MODIFIED:20270104T000000Z
SEQUENCE:3
DTSTART;VALUE=DATE:20260601
DTEND;VALUE=DATE:20260602
TRANSP:TRANSPARENT
STATUS:CONFIRMED
CATEGORIES:step,diploma
SUMMARY:Done: Diploma
DESCRIPTION:As recorded.\\nCheck this date with the issuer.
END:VEVENT
BEGIN:VEVENT
UID:{START_OF_PROGRAM}
DTSTAMP:20270104T000000Z
LAST-MODIFIED:20270104T000000Z
SEQUENCE:3
DTSTART;VALUE=DATE:20270111
DTEND;VALUE=DATE:20270112
TRANSP:TRANSPARENT
STATUS:TENTATIVE
CATEGORIES:step,program
SUMMARY:Start: Program
DESCRIPTION:learner.start\\nLatest day for this plan: 1 Feb 2027.\\nCheck thi
 s date with the issuer.
END:VEVENT
BEGIN:VEVENT
UID:{FINISH_OF_PROGRAM}
DTSTAMP:20270104T000000Z
LAST-MODIFIED:20270104T000000Z
SEQUENCE:3
DTSTART;VALUE=DATE:20271011
DTEND;VALUE=DATE:20271012
TRANSP:TRANSPARENT
STATUS:TENTATIVE
CATEGORIES:step,program
SUMMARY:Done: Program
DESCRIPTION:Latest day for this plan: 1 Nov 2027.\\nCheck this date with the
  issuer.
END:VEVENT
BEGIN:VEVENT
UID:{START_OF_EXAM}
DTSTAMP:20270104T000000Z
LAST-MODIFIED:20270104T000000Z
SEQUENCE:3
DTSTART;VALUE=DATE:20271101
DTEND;VALUE=DATE:20271102
TRANSP:TRANSPARENT
STATUS:TENTATIVE
CATEGORIES:step,exam
SUMMARY:Exam\\; CMA (AAMA)\\, computer-based\\, at one of many test centers of
  the country
DESCRIPTION:Check this date with the issuer.
END:VEVENT
BEGIN:VEVENT
UID:{SITTING}
DTSTAMP:20270104T000000Z
LAST-MODIFIED:20270104T000000Z
SEQUENCE:3
DTSTART;VALUE=DATE:20271130
DTEND;VALUE=DATE:20271201
TRANSP:TRANSPARENT
STATUS:TENTATIVE
CATEGORIES:deadline,sitting-ends
SUMMARY:Due: exam
DESCRIPTION:Lost: exam\\nCheck this date with the issuer.
BEGIN:VALARM
UID:{LAST_ALARM}
ACTION:DISPLAY
DESCRIPTION:Today: Due: exam
TRIGGER:PT0S
END:VALARM
BEGIN:VALARM
UID:{EARLY_ALARM}
ACTION:DISPLAY
DESCRIPTION:In 30 days: Due: exam
TRIGGER:-P30D
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:{FIRST_CMA_ENDS}
DTSTAMP:20270104T000000Z
LAST-MODIFIED:20270104T000000Z
SEQUENCE:3
DTSTART;VALUE=DATE:20321130
DTEND;VALUE=DATE:20321201
TRANSP:TRANSPARENT
STATUS:TENTATIVE
CATEGORIES:credential
SUMMARY:Last day of CMA (AAMA)
DESCRIPTION:Valid from 1 Nov 2027 through 30 Nov 2032. Renew by 30 Sep 2032
 .\\nCheck this date with the issuer.
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def plain_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences that no other test decides."""
    monkeypatch.setattr(sentences, "reason_text", lambda reason, _step, _timeline: reason.rule)
    monkeypatch.setattr(sentences, "deadline_text", lambda due, _timeline: f"Due: {due.step or due.credential}")
    monkeypatch.setattr(sentences, "lost_after", lambda due, _timeline: f"Lost: {due.step or due.credential}")


def with_step(**changes: object) -> Timeline:
    """A timeline with the program alone, changed."""
    step = attrs.evolve(PROGRAM, **changes)  # type: ignore[arg-type]
    return attrs.evolve(EMPTY, steps=(step,))


def summaries(timeline: Timeline) -> list[tuple[str, str]]:
    return [(event.on.isoformat(), event.summary) for event in read_events(format_calendar(timeline))]


@pytest.mark.usefixtures("plain_sentences")
def test_a_small_plan_is_written_to_the_byte() -> None:
    assert format_calendar(TINY, revision=3).encode() == GOLDEN.replace("\n", "\r\n").encode()


def test_the_lint_and_another_library_read_a_small_plan() -> None:
    events = read_events(format_calendar(TINY))
    assert [(event.on, event.end, event.uid) for event in events] == [
        (dt.date(2026, 6, 1), dt.date(2026, 6, 2), FINISH_OF_DIPLOMA),
        (dt.date(2027, 1, 11), dt.date(2027, 1, 12), START_OF_PROGRAM),
        (dt.date(2027, 10, 11), dt.date(2027, 10, 12), FINISH_OF_PROGRAM),
        (dt.date(2027, 11, 1), dt.date(2027, 11, 2), START_OF_EXAM),
        (dt.date(2027, 11, 30), dt.date(2027, 12, 1), SITTING),
        (dt.date(2032, 11, 30), dt.date(2032, 12, 1), FIRST_CMA_ENDS),
    ]
    due = events[4]
    assert due.summary == sentences.deadline_text(DUE, TINY)
    assert due.description == f"{sentences.lost_after(DUE, TINY)}\nCheck this date with the issuer."
    assert due.alarms == (
        (0, LAST_ALARM, f"Today: {due.summary}"),
        (30, EARLY_ALARM, f"In 30 days: {due.summary}"),
    )


def test_the_calendar_as_a_whole_is_named_refreshed_twice_a_day_and_warns() -> None:
    calendar = read_back(format_calendar(TINY))
    assert (str(calendar["NAME"]), str(calendar["X-WR-CALNAME"])) == ("Tiny", "Tiny")
    assert calendar.refresh_interval == dt.timedelta(hours=12)
    assert "METHOD" not in calendar
    assert "issuer" in str(calendar["DESCRIPTION"])


def test_nothing_repeats_by_a_rule() -> None:
    assert "RRULE" not in format_calendar(TINY)


def test_the_pieces_together_are_the_calendar_and_each_is_whole_lines() -> None:
    pieces = list(calendar_lines(TINY, revision=3))
    assert "".join(pieces) == format_calendar(TINY, revision=3)
    assert all(piece.endswith("\r\n") for piece in pieces)


def test_the_order_of_the_timeline_does_not_change_a_byte() -> None:
    turned = attrs.evolve(
        TINY,
        steps=TINY.steps[::-1],
        reminders=TINY.reminders[::-1],
        deadlines=TINY.deadlines[::-1],
        renewals=TINY.renewals[::-1],
    )
    assert format_calendar(turned) == format_calendar(TINY)


def test_events_of_one_day_come_by_id() -> None:
    day = dt.date(2027, 5, 1)
    deadlines = tuple(attrs.evolve(DUE, id=f"{letter}-1", on=day) for letter in "cab")
    events = read_events(format_calendar(attrs.evolve(EMPTY, deadlines=deadlines)))
    assert [event.uid for event in events] == ["a-1", "b-1", "c-1"]


def test_ids_stay_when_days_titles_and_today_change() -> None:
    moved = attrs.evolve(
        with_step(title="Another title", start=dt.date(2028, 2, 29), finish=dt.date(2029, 2, 28)),
        title="Another plan",
        today=dt.date(2028, 1, 1),
    )
    assert [event.uid for event in read_events(format_calendar(moved))] == [START_OF_PROGRAM, FINISH_OF_PROGRAM]


@pytest.mark.parametrize(
    "other",
    [attrs.evolve(EMPTY, steps=(PROGRAM,), pathway="other"), attrs.evolve(EMPTY, steps=(PROGRAM,), learner="other")],
)
def test_another_pathway_or_learner_has_other_ids(other: Timeline) -> None:
    ours = {event.uid for event in read_events(format_calendar(with_step()))}
    theirs = {event.uid for event in read_events(format_calendar(other))}
    assert len(ours) == len(theirs) == 2
    assert not ours & theirs


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.PLANNED, [("2027-01-11", "Start: Program"), ("2027-10-11", "Done: Program")]),
        (Status.REDO, [("2027-01-11", "Start: Program"), ("2027-10-11", "Done: Program")]),
        (Status.RUNNING, [("2027-01-11", "Start: Program"), ("2027-10-11", "Done: Program")]),
        (Status.FINISHED, [("2027-01-11", "Start: Program"), ("2027-10-11", "Done: Program")]),
        (Status.WAIVED, [("2027-11-01", "Done: Tiny")]),
    ],
)
def test_all_but_what_was_waived_has_its_days(status: Status, expected: list[tuple[str, str]]) -> None:
    assert summaries(with_step(status=status)) == expected


def test_a_step_of_one_day_has_one_event_and_a_job_is_called_by_its_title() -> None:
    assert summaries(with_step(finish=PROGRAM.start)) == [("2027-01-11", "Program")]
    assert summaries(with_step(finish=PROGRAM.start, kind=StepKind.JOB)) == [("2027-01-11", "Program")]
    assert summaries(with_step(kind=StepKind.JOB))[0] == ("2027-01-11", "Program")


@pytest.mark.parametrize(
    ("status", "sure"),
    [
        (Status.PLANNED, ["TENTATIVE", "TENTATIVE"]),
        (Status.REDO, ["TENTATIVE", "TENTATIVE"]),
        (Status.RUNNING, ["CONFIRMED", "TENTATIVE"]),
        (Status.FINISHED, ["CONFIRMED", "CONFIRMED"]),
    ],
)
def test_what_is_only_planned_is_tentative(status: Status, sure: list[str]) -> None:
    assert re.findall("STATUS:([A-Z]+)", format_calendar(with_step(status=status))) == sure


@pytest.mark.usefixtures("plain_sentences")
def test_a_reason_is_told_once() -> None:
    check = "Check this date with the issuer."
    latest = [f"Latest day for this plan: {day}\n{check}" for day in ("1 Feb 2027.", "1 Nov 2027.")]
    told = {
        status: [event.description for event in read_events(format_calendar(with_step(status=status)))]
        for status in (Status.PLANNED, Status.RUNNING)
    }
    assert told[Status.PLANNED] == [f"learner.start\n{latest[0]}", latest[1]]
    assert told[Status.RUNNING] == [f"As recorded.\n{latest[0]}", f"learner.start\n{latest[1]}"]


def test_a_step_that_was_waived_or_has_no_day_has_no_event() -> None:
    waived = attrs.evolve(DIPLOMA, status=Status.WAIVED)
    (event,) = read_events(format_calendar(attrs.evolve(EMPTY, steps=(waived,))))
    assert event.uid == WHOLE


def test_every_event_asks_to_check_its_date() -> None:
    for timeline in (TINY, EMPTY, attrs.evolve(EMPTY, finish=None)):
        for event in read_events(format_calendar(timeline)):
            last = event.description.splitlines()[-1]
            assert last.startswith("Check ")
            assert "the issuer" in last


def test_the_conflicts_are_told_in_the_calendar_itself() -> None:
    missed = Conflict(kind=ConflictKind.DEADLINE, rules=(), on=dt.date(2027, 10, 1), days=31)
    calendar = read_back(format_calendar(attrs.evolve(TINY, conflicts=(missed,))))
    told = unescaped(str(calendar["DESCRIPTION"])).splitlines()
    assert told[0] == "The deadline of 1 Oct 2027 is missed by 31 days."
    assert told[1].startswith("Check every date")


def test_the_rules_of_overlays_are_told_in_the_calendar_itself_after_the_conflicts() -> None:
    """In the property that RFC 7986 (5.2) has for a description of the calendar."""
    missed = Conflict(kind=ConflictKind.DEADLINE, rules=(), on=dt.date(2027, 10, 1), days=31)
    applied = (AppliedOverlay("tx", where="US-TX"), AppliedOverlay("older", title="Older; page", is_optional=True))
    text = format_calendar(attrs.evolve(TINY, conflicts=(missed,), applied=applied))
    told = unescaped(str(read_back(text)["DESCRIPTION"])).splitlines()
    assert told[1] == "Rules: for US-TX (overlay tx); Older; page, for those who ask for it (overlay older)."
    assert (told[0][:12], told[2][:16], len(told)) == ("The deadline", "Check every date", 3)
    assert lint_calendar(text.encode()) == ()
    assert "Rules" not in format_calendar(TINY)


def test_a_plan_without_days_still_has_the_one_event_that_the_format_asks_for() -> None:
    (event,) = read_events(format_calendar(EMPTY))
    assert (event.uid, event.on, event.summary) == (WHOLE, dt.date(2027, 11, 1), "Done: Tiny")
    (event,) = read_events(format_calendar(attrs.evolve(EMPTY, finish=None)))
    assert (event.uid, event.on, event.summary) == (WHOLE, TODAY, "No plan: Tiny")


@pytest.mark.parametrize("kind", [DeadlineKind.EXPIRES, DeadlineKind.PAPER_ENDS])
def test_the_end_of_a_paper_is_told_once(kind: DeadlineKind) -> None:
    told = Deadline(id="e-1", kind=kind, on=dt.date(2032, 11, 30), credential="cma-aama", cycle=1)
    events = read_events(format_calendar(attrs.evolve(EMPTY, renewals=(FIRST_CMA,), deadlines=(told,))))
    assert [event.uid for event in events] == ["e-1"]


def test_the_end_of_a_paper_is_told_if_a_deadline_tells_another_day_or_another_thing() -> None:
    other_day = Deadline(id="e-1", kind=DeadlineKind.EXPIRES, on=dt.date(2031, 1, 1), credential="cma-aama")
    other_thing = Deadline(id="e-2", kind=DeadlineKind.GRACE_ENDS, on=dt.date(2032, 11, 30), credential="cma-aama")
    plan = attrs.evolve(EMPTY, renewals=(FIRST_CMA,), deadlines=(other_day, other_thing))
    assert {event.uid for event in read_events(format_calendar(plan))} == {"e-1", "e-2", FIRST_CMA_ENDS}


def test_each_cycle_of_a_paper_has_its_own_id_and_an_endless_one_has_no_event() -> None:
    cycles = (
        FIRST_CMA,
        attrs.evolve(FIRST_CMA, number=2, valid_through=dt.date(2037, 11, 30), act_by=None),
        attrs.evolve(FIRST_CMA, number=3, valid_through=None),
    )
    first, second = read_events(format_calendar(attrs.evolve(EMPTY, renewals=cycles)))
    assert first.uid != second.uid
    assert second.description == "Valid from 1 Nov 2027 through 30 Nov 2037.\nCheck this date with the issuer."


@pytest.mark.parametrize(
    ("on", "trigger", "words"),
    [
        (dt.date(2027, 11, 29), "-P1D", "In 1 day"),
        (dt.date(2026, 11, 30), "-P365D", "In 365 days"),
        (dt.date(2027, 11, 30), "PT0S", "Today"),
        (dt.date(2027, 12, 2), "P2D", "2 days ago"),
    ],
)
def test_an_alarm_counts_whole_days(on: dt.date, trigger: str, words: str) -> None:
    text = format_calendar(attrs.evolve(TINY, reminders=(Reminder(id="r-1", on=on, deadline=SITTING),)))
    assert f"\r\nTRIGGER:{trigger}\r\n" in text
    due = next(event for event in read_events(text) if event.uid == SITTING)
    assert due.alarms == (((DUE.on - on).days, "r-1", f"{words}: {due.summary}"),)


@pytest.mark.parametrize(
    ("on", "start", "end"),
    [
        (dt.date.min, "00010101", "00010102"),
        (dt.date(987, 12, 31), "09871231", "09880101"),
        (dt.date(2028, 2, 28), "20280228", "20280229"),
        (dt.date(9999, 12, 30), "99991230", "99991231"),
    ],
)
def test_a_day_ends_on_the_next(on: dt.date, start: str, end: str) -> None:
    text = format_calendar(attrs.evolve(EMPTY, deadlines=(attrs.evolve(DUE, on=on),), today=on))
    assert f"\r\nDTSTART;VALUE=DATE:{start}\r\nDTEND;VALUE=DATE:{end}\r\n" in text
    assert f"\r\nDTSTAMP:{start}T000000Z\r\n" in text
    assert [event.on for event in read_events(text)] == [on]


def test_the_last_day_of_all_has_no_next_day_to_end_on() -> None:
    text = format_calendar(attrs.evolve(EMPTY, deadlines=(attrs.evolve(DUE, on=dt.date.max),)))
    assert "DTSTART;VALUE=DATE:99991231\r\n" in text
    assert "DTEND" not in text
    assert [event.on for event in read_events(text)] == [dt.date.max]


@pytest.mark.parametrize("revision", [-1, 2**31, True, 1.0, "1", None])
def test_a_revision_is_a_whole_number_that_the_format_can_hold(revision: object) -> None:
    with pytest.raises(InvalidValueError, match="revision: not-a-revision") as caught:
        calendar_lines(TINY, revision=revision)  # type: ignore[arg-type]
    assert caught.value.code == "not-a-revision"


def test_the_largest_revision_is_written() -> None:
    assert "\r\nSEQUENCE:2147483647\r\n" in format_calendar(TINY, revision=2**31 - 1)


def test_a_reminder_of_an_unknown_deadline_is_refused_at_once() -> None:
    lost = attrs.evolve(TINY, deadlines=())
    with pytest.raises(UnknownIdError, match=SITTING):
        calendar_lines(lost)


# Texts


def as_read(text: str) -> str:
    """What any reader should see: one kind of line end, no other control character but the tab, no half pairs."""
    for line_end in ("\r\n", "\r", "\x85", "\u2028", "\u2029"):
        text = text.replace(line_end, "\n")
    kept = (each for each in text if each in "\t\n" or unicodedata.category(each) != "Cc")
    return "".join("\ufffd" if unicodedata.category(each) == "Cs" else each for each in kept)


def titled(text: str) -> Timeline:
    return attrs.evolve(with_step(title=text, reasons=()), title=text)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def unescaped(value: str) -> str:
    """The text of a property that the icalendar library does not know to be text."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], value)


def check_text(text: str) -> None:
    written = format_calendar(titled(text))
    for line in written.encode().split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode().isprintable() or "\t" in line.decode() or not line.decode().isascii()
    assert len(unfolded(written)) == len(unfolded(format_calendar(titled("plain"))))
    calendar = read_back(written)
    assert unescaped(str(calendar["NAME"])) == as_read(text)
    assert [event.summary for event in read_events(written)] == [f"Start: {as_read(text)}", f"Done: {as_read(text)}"]


NASTY = st.text(st.sampled_from('\\;,:"\r\n\t nN\x00\x0b\x7f\x85\u2028é€😀\ud800a'), max_size=200)


@given(st.text() | NASTY | st.text(st.characters(), min_size=60, max_size=200))
def test_no_text_breaks_a_line_or_is_lost(text: str) -> None:
    check_text(text)


@pytest.mark.parametrize("letter", ["\\", ";", ",", "\n", "é", "€", "😀", "👩‍⚕️", "x"])
@pytest.mark.parametrize("shift", range(6))
def test_a_fold_never_falls_into_a_character_or_an_escape(letter: str, shift: int) -> None:
    check_text("a" * shift + letter * 150)


def test_lines_of_75_octets_are_not_folded_and_of_76_are() -> None:
    assert "\r\nNAME:" + "x" * 70 + "\r\n" in format_calendar(titled("x" * 70))
    assert "\r\nNAME:" + "x" * 70 + "\r\n x\r\n" in format_calendar(titled("x" * 71))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\\b", "a\\\\b"),
        ("a;b,c:d", "a\\;b\\,c:d"),
        ("a\r\nb\rc\nd", "a\\nb\\nc\\nd"),
        ("a\nATTENDEE:mailto:x@evil.example", "a\\nATTENDEE:mailto:x@evil.example"),
        ("a\x00b\x1bc\x9bd\te", "abcd\te"),
        ("\ud800", "\ufffd"),
        ("\\n", "\\\\n"),
    ],
)
def test_text_is_escaped(text: str, written: str) -> None:
    assert f"\r\nNAME:{written}\r\n" in format_calendar(titled(text))


def test_ids_from_a_document_cannot_add_lines_either() -> None:
    bad = attrs.evolve(EMPTY, deadlines=(attrs.evolve(DUE, id="a\r\nMETHOD:CANCEL"),))
    assert "\r\nUID:a\\nMETHOD:CANCEL\r\n" in format_calendar(bad)
    assert lint_calendar(format_calendar(bad).encode()) == ()


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the list of naughty strings is not beside this repository")
def test_naughty_strings_are_only_strings() -> None:
    texts: list[str] = json.loads(NAUGHTY.read_text(encoding="utf-8"))
    assert len(texts) > 500
    for text in texts:
        check_text(text)
