"""What `credits` shows of a ledger file, and how it ends."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from career_path.cli.credits import CreditsFormat, show_credits
from career_path.errors import DocumentError, FileError
from career_path.formats.gate import MOST_BYTES
from career_path.model.credits import CreditPeriod, CreditRule

PERIOD = CreditPeriod(since=dt.date(2027, 1, 1), through=dt.date(2028, 12, 31))


def shown(text: str | bytes, folder: Path, *, total: int = 10, shape: CreditsFormat = "table") -> int:
    file = folder / "ledger.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    rule, today = CreditRule(total=total), dt.date(2028, 9, 1)
    return show_credits(rule, str(file), period=PERIOD, on=today, title="CMA (AAMA)", shape=shape)


GOOD = "date,title,credits\n2027-03-01,Wound care,4\n"


def test_a_ledger_that_lacks_something_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(GOOD, tmp_path) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[1] == "Not done: 10 credits asked for, 4 counted; missing 6 credits."
    assert err == ""


def test_a_ledger_that_is_enough_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(GOOD, tmp_path, total=4) == 0
    assert "Done: 4 credits asked for, 4 counted." in capsys.readouterr().out


def test_bad_rows_are_told_with_the_name_of_the_file_and_the_good_ones_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shown(f"{GOOD}x,a,1\n", tmp_path, total=4) == 2
    out, err = capsys.readouterr()
    assert "4 counted" in out
    expected = "row 3, date: not-a-date: found 'x'; expected a real date written YYYY-MM-DD"
    assert err == f"{tmp_path / 'ledger.csv'}: {expected}\n"


def test_a_notice_is_told_and_changes_no_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(f"{GOOD}2027-03-01,Wound care,4\n", tmp_path, total=4) == 0
    assert "row 3: duplicate-row" in capsys.readouterr().err


def test_json_and_markdown_are_shown_too(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    shown(GOOD, tmp_path, shape="json")
    assert json.loads(capfdbinary.readouterr().out)["missing"] == 6
    shown(GOOD, tmp_path, shape="markdown")
    assert capfdbinary.readouterr().out.startswith(b"## CMA (AAMA): continuing education for renewal 1")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    def show(name: str) -> None:
        show_credits(CreditRule(total=1), name, period=PERIOD, on=PERIOD.since, title="", shape="table")

    with pytest.raises(FileError, match="No such file"):
        show(str(tmp_path / "none.csv"))
    with pytest.raises(FileError, match="no name that a file can have"):
        show("a\0b")
    large = tmp_path / "large.csv"
    large.write_bytes(b"x" * (MOST_BYTES + 1))
    with pytest.raises(FileError, match=r"larger than 10,000,000 bytes"):
        show(str(large))
    large.write_bytes(b"date;title;credits\n")
    with pytest.raises(DocumentError, match=r"large\.csv: row 1: other-separator"):
        show(str(large))
