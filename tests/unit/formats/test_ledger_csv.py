"""Ledgers as spreadsheets write them: what is read, and how each fault is told."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from career_path.errors import DocumentError
from career_path.formats import ledger_csv
from career_path.formats.gate import MOST_BYTES
from career_path.formats.ledger_csv import LEDGER_COLUMNS, is_notice, read_ledger
from career_path.model.ledger import MOST_ACTIVITIES, Activity

HEAD = "date,title,credits,unit,category,approved_by,tags\n"


def read(text: str | bytes) -> tuple[tuple[Activity, ...], list[str]]:
    ledger, faults = read_ledger(text)
    return ledger.activities, [str(fault) for fault in faults]


def refused(text: str | bytes) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        read_ledger(text, name="my.csv")
    assert str(caught.value).startswith("my.csv: ")
    return [str(fault) for fault in caught.value.faults]


WOUND_CARE = Activity(date=dt.date(2027, 3, 1), title="Wound care", credits=Fraction(3, 2))


def test_a_row_becomes_an_activity() -> None:
    text = HEAD + '2027-03-01,"Law, part 1",1.5,hour,law; ethics,AAMA;ACPE,online\n'
    assert read(text) == (
        (
            Activity(
                date=dt.date(2027, 3, 1),
                title="Law, part 1",
                credits=1.5,
                unit="hour",
                category=["law", "ethics"],
                approved_by=["AAMA", "ACPE"],
                tags=["online"],
            ),
        ),
        [],
    )


@pytest.mark.parametrize(
    "text",
    [
        "date,title,credits\n2027-03-01,Wound care,1.5\n",
        "date,title,credits\r\n2027-03-01,Wound care,1.5\r\n",
        "date,title,credits\r2027-03-01,Wound care,1.5",
        "\ufeffdate,title,credits\n2027-03-01,Wound care,1.5",
        b"\xef\xbb\xbfdate,title,credits\n2027-03-01,Wound care,1.5",
        '"date","title","credits"\n"2027-03-01","Wound care","1.5"\n',
        "Credits, Title ,DATE\n1.50,  Wound   care ,2027-03-01\n",
        "\n,,\ndate,title,credits\n\n  ,,\n2027-03-01,Wound care,1.5,,\n",
        "date,title,credits,Approved By,tags\n2027-03-01,Wound care,1.5\n",
        'date,title,credits\n2027-03-01,"Wound\ncare",1.5\n',
    ],
)
def test_line_ends_marks_quotes_order_blanks_and_capitals_do_not_matter(text: str | bytes) -> None:
    assert read(text) == ((WOUND_CARE,), [])


def test_every_bad_row_is_told_with_its_number_and_column_and_the_good_ones_stay() -> None:
    text = (
        HEAD
        + "2027-03-01,Wound care,1.5,,,,\n"
        + "3/1/2027,,x,,,,\n"
        + "\n"
        + '2027-03-02,Two,"1,5",,,,\n'
        + "2027-03-03,Three,0,,,,\n"
        + ",Four,-1,,,,\n"
        + "2027-03-04,Five,1,,,,,and more\n"
        + "2027-03-05,Six,2\n"
    )
    activities, faults = read(text)
    assert [each.title for each in activities] == ["Wound care", "Six"]
    assert faults == [
        "row 3, date: not-a-date: found '3/1/2027'; expected a real date written YYYY-MM-DD",
        "row 3, title: missing: found an empty cell; expected what it was",
        "row 3, credits: not-an-amount: found 'x'; expected an amount such as 1.5",
        "row 5, credits: not-an-amount: found '1,5'; expected an amount such as 1.5, with a point and not a comma",
        "row 6, credits: not-positive: found '0'; expected more than 0",
        "row 7, date: missing: found an empty cell; expected a date written YYYY-MM-DD",
        "row 7, credits: not-an-amount: found '-1'; expected an amount such as 1.5",
        (
            "row 8: too-many-cells: found 8 cells; expected as many cells as there are columns; a text with a comma "
            "needs quotes around it"
        ),
    ]


def test_the_numbers_of_rows_are_those_of_a_spreadsheet_also_after_a_cell_of_two_lines() -> None:
    _, faults = read('date,title,credits\n2027-03-01,"a\nb",1\nx,b,1\n')
    assert [fault.partition(":")[0] for fault in faults] == ["row 3, date"]


def test_control_characters_are_told_in_their_column() -> None:
    _, faults = read("date,title,credits,category\n2027-03-01,a\x1b,1,\n2027-03-01,b,1,c\x00\n")
    assert [fault.split(": ")[:2] for fault in faults] == [
        ["row 2, title", "control-character"],
        ["row 3, category", "control-character"],
    ]


def test_a_row_that_repeats_another_is_told_and_kept() -> None:
    activities, faults = read("date,title,credits\n2027-03-01,Wound care,1.5\n2027-03-01,Wound care,1.50\n")
    assert activities == (WOUND_CARE, WOUND_CARE)
    assert faults == ["row 3: duplicate-row: found the same as row 2; expected each row once"]


def test_a_column_that_no_ledger_has_is_told_and_not_used() -> None:
    activities, faults = read("date,title,credits,catgory\n2027-03-01,Wound care,1.5,law\n")
    assert activities == (WOUND_CARE,)
    assert faults == [
        (
            "row 1: unknown-column: found the column 'catgory'; expected one of "
            f"{', '.join(LEDGER_COLUMNS)}; this column is not used; did you mean 'category'?"
        )
    ]


def test_only_what_leaves_a_row_out_is_more_than_a_notice() -> None:
    text = "date,title,credits,note\n2027-03-01,a,1,\n2027-03-01,a,1,\nx,a,1,\n"
    _, faults = read_ledger(text)
    assert [(fault.code, is_notice(fault)) for fault in faults] == [
        ("unknown-column", True),
        ("duplicate-row", True),
        ("not-a-date", False),
    ]


def test_an_open_quote_ends_the_reading_and_the_rows_before_it_stay() -> None:
    activities, faults = read('date,title,credits\n2027-03-01,Wound care,1.5\n2027-03-02,"Two,1\n2027-03-03,Three,1\n')
    assert activities == (WOUND_CARE,)
    assert faults == [
        (
            "row 3: syntax: found unexpected end of data; expected cells with matching quotes; this row and all "
            "after it are not read"
        )
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "date;title;credits\n2027-03-01;a;1\n",
            "row 1: other-separator: found semicolons between the cells; expected commas",
        ),
        ("date\ttitle\tcredits\n", "row 1: other-separator: found tabs between the cells; expected commas"),
        ("", f"row 1: missing: found nothing; expected a first row with {', '.join(LEDGER_COLUMNS)}"),
        ("\n\n,,\n", f"row 1: missing: found nothing; expected a first row with {', '.join(LEDGER_COLUMNS)}"),
        (
            '"date,title\n',
            (
                "row 1: syntax: found unexpected end of data; expected cells with matching quotes; "
                "this row and all after it are not read"
            ),
        ),
        ("date,title,date,credits\n", "row 1: twice: found the column 'date' twice; expected each column once"),
        (
            b"date,title,credits\n2027-03-01,Caf\xe9,1\n",
            (
                "document: not-utf-8: found the byte 0xe9 at position 33; "
                "expected text in UTF-8: save the sheet as “CSV UTF-8”"
            ),
        ),
    ],
)
def test_what_cannot_be_read_at_all_is_refused(text: str | bytes, told: str) -> None:
    assert refused(text) == [told]


def test_columns_that_are_needed_are_named() -> None:
    assert refused("day,title,credit\n2027-03-01,a,1\n") == [
        "row 1: missing: found the columns 'day', 'title', 'credit'; expected a column date",
        "row 1: missing: found the columns 'day', 'title', 'credit'; expected a column credits; did you mean 'credit'?",
    ]


def test_a_ledger_is_no_larger_than_any_document() -> None:
    assert refused("x" * (MOST_BYTES + 1)) == [
        "document: too-large: found more than 10,000,000 bytes; expected at most 10,000,000 bytes"
    ]


def test_a_ledger_is_text() -> None:
    assert refused(3) == ["document: wrong-type: found int; expected text or bytes"]  # type: ignore[arg-type]


def test_a_ledger_of_too_many_rows_is_cut_and_told() -> None:
    rows = "".join(f"2027-03-01,Course {i},1\n" for i in range(MOST_ACTIVITIES + 2))
    activities, faults = read("date,title,credits\n" + rows)
    assert len(activities) == MOST_ACTIVITIES
    assert len(faults) == 1
    assert faults[0].startswith(f"row {MOST_ACTIVITIES + 2}: too-long: found one row too many")


def test_a_table_of_bad_rows_alone_comes_to_an_end() -> None:
    _, faults = read("date,title,credits\n" + "x,a,1\n" * (ledger_csv.MOST_ROWS + 5))
    assert len(faults) == ledger_csv.MOST_ROWS
    assert faults[-1].startswith(f"row {ledger_csv.MOST_ROWS + 1}: too-long")


def test_a_sheet_of_very_many_columns_and_a_cell_of_very_many_letters_are_refused_at_once() -> None:
    wide = ",".join(f"c{i}" for i in range(1_000_000))
    assert refused(wide) == ["row 1: too-long: found 1000000 columns; expected at most 100"]
    (told,) = read(f"date,title,credits\n2027-03-01,{'x' * 1_000_000},1\n")[1]
    assert told.startswith("row 2: syntax: found field larger than field limit (131072)")
