"""The lint finds each kind of defect by its own code, and nothing in sound calendars."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from career_path.errors import Fault
from career_path.formats.icalendar_lint import DEEPEST, LARGEST, MOST_FAULTS, lint_calendar

FOLDER = Path(__file__).parents[2] / "outside" / "ics"

SOUND = ("00_good_min", "01_good_full", "02_good_rrule60")

DEFECTS = {
    "10_no_dtstamp": "no-dtstamp",
    "11_no_uid": "no-uid",
    "12_no_prodid": "no-prodid",
    "13_lf_only": "bare-lf",
    "14_dtend_eq_dtstart": "end-is-start",
    "15_dtend_before": "end-before-start",
    "16_date_vs_datetime": "mixed-types",
    "17_date_without_VALUE": "date-without-value",
    "18_raw_cr_injection": "bare-cr",
    "19_alarm_no_trigger": "no-trigger",
    "20_alarm_display_no_desc": "no-description",
    "21_trigger_months": "bad-trigger",
    "22_duration_months": "bad-duration",
    "23_rrule_count_until": "count-and-until",
    "24_until_type_mismatch": "until-type",
    "25_dup_uid": "duplicate-uid",
    "26_long_line": "long-line",
    "27_due_and_duration": "due-and-duration",
    "28_refresh_no_value": "refresh-without-value",
    "29_color_hex": "bad-color",
    "30_seq_text": "bad-sequence",
    "31_tzid_undefined": "unknown-tzid",
    "32_bad_date_feb30": "bad-date",
    "33_year_0000": "year-zero",
    "34_todo_alarm_start_noDTSTART": "alarm-without-start",
    "35_two_dtstart": "repeated-property",
    "36_unbalanced_end": "not-closed",
    "37_dtend_and_duration": "dtend-and-duration",
    "38_status_bad": "bad-status",
    "39_fold_mid_utf8": "split-character",
    "40_deep_nest": "too-deep",
}

GOOD = (FOLDER / "01_good_full.ics").read_bytes()


def outside(name: str) -> bytes:
    return (FOLDER / f"{name}.ics").read_bytes()


def codes(data: bytes) -> list[str]:
    return [fault.code for fault in lint_calendar(data)]


def changed(old: bytes, new: bytes) -> list[str]:
    """The codes of the sound full calendar after one change."""
    assert GOOD.count(old) >= 1
    return codes(GOOD.replace(old, new, 1))


def test_every_outside_file_is_looked_at() -> None:
    assert {path.stem for path in FOLDER.glob("*.ics")} == {*SOUND, *DEFECTS}
    assert len(DEFECTS) == len(set(DEFECTS.values())) == 31


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_calendar_has_no_faults(name: str) -> None:
    assert lint_calendar(outside(name)) == ()


@pytest.mark.parametrize(("name", "code"), DEFECTS.items())
def test_a_defect_is_found_under_its_own_code_and_nothing_else_is(name: str, code: str) -> None:
    assert codes(outside(name)) == [code]


def test_a_fault_tells_the_line_the_property_and_what_would_be_right() -> None:
    assert lint_calendar(outside("30_seq_text")) == (
        Fault("bad-sequence", "line 10: SEQUENCE", "'one'", "a whole number, 0 or more"),
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b"BEGIN:VCALENDAR", b"\xef\xbb\xbfBEGIN:VCALENDAR", ["byte-order-mark"]),
        (b"VERSION:2.0", b"VERSION:1.0", ["bad-version"]),
        (b"VERSION:2.0\r\n", b"", ["no-version"]),
        (b"CALSCALE:GREGORIAN", b"CALSCALE:JULIAN", ["bad-scale"]),
        (b"VALUE=DURATION:PT12H", b"VALUE=DURATION:P1M", ["bad-duration"]),
        (b"TTL:PT12H", b"TTL:12 hours", ["bad-duration"]),
        (b"DTSTAMP:20260101T000000Z", b"DTSTAMP:20260101T000000", ["not-utc"]),
        (b"DTSTAMP:20260101T000000Z", b"DTSTAMP:20260101", ["not-utc"]),
        (b"DTSTAMP:20260101T000000Z", b"DTSTAMP:20260230T000000Z", ["not-utc"]),
        (b"VALUE=DATE:20260301", b"VALUE=DATE:2026-03-01", ["bad-date"]),
        (b"DTEND;VALUE=DATE:20260301", b"DTEND;VALUE=DATE:20260301T000000", ["moment-as-date", "mixed-types"]),
        (b"TRANSPARENT", b"CLEAR", ["bad-transparency"]),
        (b"SUMMARY:Renew licence\\, part", b"SUMMARY:Renew licence, part", ["bad-escape"]),
        (b"SUMMARY:Renew licence\\, part", b"SUMMARY:Renew licence\\q part", ["bad-escape"]),
        (b"Renew licence in 30", b"Renew\x00licence in 30", ["control-character"]),
        (b"Renew licence in 30", b"Renew \xff licence in 30", ["not-utf-8"]),
        (b"Line one\\nLine", b"Line one\\\r\n nLine", ["split-escape"]),
        (b"DUE;VALUE=DATE:20260228\r\n", b"", ["alarm-without-end"]),
        (b"DTEND;VALUE=DATE:20260301", b"DURATION:PT5H", ["hours-of-a-day"]),
        (b"ACTION:DISPLAY", b"ACTION:EMAIL", ["no-attendee", "no-summary"]),
        (b"ACTION:DISPLAY\r\n", b"", ["no-action"]),
        (b"TRIGGER:-P30D", b"TRIGGER;VALUE=DATE-TIME:20260101T000000", ["not-utc"]),
        (b"STATUS:NEEDS-ACTION", b"STATUS:CONFIRMED", ["bad-status"]),
        (b"b9b1c7b4-3f0c-5c2f-8a53-0f6d1f0a5f33", b"5d2f0f0e-0a0b-5c0d-8e0f-101112131415", ["duplicate-uid"]),
        (b"END:VALARM", b"END:VALARN", ["wrong-end", "misplaced-component", "wrong-end"]),
        (b"SUMMARY:Submit form\r\n", b"SUMMARY:Submit form\r\n\r\n", ["empty-line", "not-a-property"]),
        (b"SUMMARY:Submit form\r\n", b"SUMMARY Submit form\r\n", ["not-a-property"]),
        (b"SUMMARY:Submit form\r\n", b"RRULE:INTERVAL=5\r\n", ["bad-rule"]),
        (b"BEGIN:VTODO", b"END:VCALENDAR\r\nBEGIN:VTODO", ["misplaced-component", "wrong-end"]),
        (b"VCALENDAR\r\nVERSION", b'VCALENDAR\r\nX-NOTE;X-A="a:b;c",d:1\r\nVERSION', []),
        (b"TRIGGER:-P30D", b"TRIGGER;VALUE=DATE-TIME:20260101T000000Z", []),
        (b"SUMMARY:Submit form\r\n", b"SUMMARY:Submit\r\n\t form\r\n", []),
        (b"END:VTODO\r\nEND:VCALENDAR", b"END:VTODO\r\nEND:VCALENDAR\r\nX-AFTER:1", ["outside-calendar"]),
    ],
)  # fmt: skip
def test_one_change_to_a_sound_calendar_gives_its_faults(old: bytes, new: bytes, expected: list[str]) -> None:
    assert sorted(changed(old, new)) == sorted(expected)


def test_an_event_needs_a_start_only_where_no_method_is_given() -> None:
    without_start = outside("00_good_min").replace(b"DTSTART;VALUE=DATE:20260228\r\nDTEND;VALUE=DATE:20260301\r\n", b"")
    assert codes(without_start) == ["no-dtstart"]
    assert codes(without_start.replace(b"VERSION", b"METHOD:REQUEST\r\nVERSION")) == []


def test_a_zone_that_the_calendar_describes_is_known() -> None:
    zone = (
        b"BEGIN:VTIMEZONE\r\nTZID:Mars/Olympus\r\nBEGIN:STANDARD\r\nDTSTART:20000101T000000\r\n"
        b"TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    data = outside("31_tzid_undefined")
    assert codes(data.replace(b"BEGIN:VEVENT", zone + b"BEGIN:VEVENT")) == []
    assert codes(data.replace(b"END:VCALENDAR", zone + b"END:VCALENDAR")) == []


def test_one_event_may_have_a_changed_instance_of_the_same_id() -> None:
    data = outside("25_dup_uid")
    head, _, tail = data.rpartition(b"DTSTAMP")
    assert codes(head + b"RECURRENCE-ID;VALUE=DATE:20260228\r\nDTSTAMP" + tail) == []


def test_two_calendars_in_a_file_are_each_for_themselves() -> None:
    assert codes(outside("00_good_min") * 2) == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [(b"", ["no-calendar"]), (b"\r\n", ["empty-line", "no-calendar", "not-a-property"])],
)
def test_a_file_without_a_calendar_is_told_so(data: bytes, expected: list[str]) -> None:
    assert sorted(codes(data)) == expected


def test_a_calendar_without_anything_in_it_is_a_defect() -> None:
    assert codes(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n") == ["no-component"]


def test_the_last_line_needs_its_end_too() -> None:
    assert codes(outside("00_good_min").removesuffix(b"\r\n")) == ["no-last-line-end"]


def test_depth_is_bounded_at_its_limit() -> None:
    def nested(depth: int) -> bytes:
        inner = depth - 1
        return b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n%s%sEND:VCALENDAR\r\n" % (
            b"BEGIN:X-A\r\n" * inner,
            b"END:X-A\r\n" * inner,
        )

    assert codes(nested(DEEPEST)) == []
    assert codes(nested(DEEPEST + 1)) == ["too-deep"]


def test_size_is_bounded_at_its_limit() -> None:
    assert codes(b"x" * (LARGEST + 1)) == ["too-large"]
    assert "too-large" not in codes(b"x" * LARGEST)


@pytest.mark.parametrize(
    "piece", [b"\r\n", b"\n", b"A:1\r\n", b" \r\n", b";A=1", b"BEGIN:X\r\n", b"END:X\r\n", b'"', b"\\"]
)
def test_a_megabyte_of_anything_gives_a_bounded_answer(piece: bytes) -> None:
    start = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID"
    faults = lint_calendar(start + piece * (1_000_000 // len(piece)))
    assert 1 <= len(faults) <= MOST_FAULTS


@given(st.binary())
def test_no_bytes_make_it_raise(data: bytes) -> None:
    assert all(isinstance(fault, Fault) for fault in lint_calendar(data))


@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.binary(max_size=20))
def test_no_damage_to_a_sound_calendar_makes_it_raise(start: int, length: int, junk: bytes) -> None:
    data = GOOD[:start] + junk + GOOD[start + length :]
    assert all(isinstance(fault, Fault) for fault in lint_calendar(data))


@given(st.lists(st.sampled_from(GOOD.splitlines(keepends=True)), max_size=60))
def test_no_order_of_sound_lines_makes_it_raise(lines: list[bytes]) -> None:
    assert all(isinstance(fault, Fault) for fault in lint_calendar(b"".join(lines)))
