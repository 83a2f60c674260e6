"""The stories, told from beginning to end: no cell fails, and what they show is what was worked out by hand."""

from __future__ import annotations

import base64
import datetime as dt
import io
import os
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from PIL import Image

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ["1-plan", "2-what-if", "3-renewals", "4-careers"]
PICTURES = {"1-plan": [2000], "2-what-if": [2000] * 3, "3-renewals": [2000] * 2, "4-careers": [1000, 1000, 2000, 1000]}
BLUE = (0, 114, 178)

Run = Callable[[str], list[dict[str, Any]]]


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The outputs of a notebook, which is executed once."""

    @cache
    def run(name: str) -> list[dict[str, Any]]:
        notebook = nbformat.read(EXAMPLES / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
        place = tmp_path_factory.mktemp(name)
        NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(place)}}).execute()
        return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]

    return run


def printed(outputs: list[dict[str, Any]]) -> str:
    return "".join(each["text"] for each in outputs if each["output_type"] == "stream")


def shown(outputs: list[dict[str, Any]], kind: str) -> list[str]:
    return ["".join(each["data"][kind]) for each in outputs if "data" in each and kind in each["data"]]


def pictures(outputs: list[dict[str, Any]]) -> Iterator[Image.Image]:
    for picture in shown(outputs, "image/png"):
        yield Image.open(io.BytesIO(base64.b64decode(picture))).convert("RGB")


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_fails_or_warns(name: str, outputs: Run) -> None:
    kinds = [(each["output_type"], each.get("name", "")) for each in outputs(name)]
    assert set(kinds) <= {("execute_result", ""), ("display_data", ""), ("stream", "stdout")}
    assert kinds


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_is_drawn(name: str, outputs: Run) -> None:
    drawn = list(pictures(outputs(name)))
    folder = os.environ.get("CAREER_PATH_PICTURES")
    for number, picture in enumerate(drawn, start=1):
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            picture.save(Path(folder) / f"{name}-{number}.png")
        pixels = np.asarray(picture)
        assert pixels.shape[0] > 400
        ink = (pixels != 255).any(axis=2).mean()
        assert 0.01 < ink < 0.5, "neither blank nor covered"
        least = 100 if pixels.shape[1] < 1500 else 1000
        assert (pixels == BLUE).all(axis=2).sum() > least, "steps to do are blue, and so is the practical nurse"
    assert [round(picture.width, -2) for picture in drawn] == PICTURES[name]


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_shown_has_a_text_that_people_can_read(name: str, outputs: Run) -> None:
    texts = shown(outputs(name), "text/plain")
    assert texts
    assert not [text for text in texts if text.startswith(("Timeline(", "Pathway(", "Comparison(", "Careers("))]


def test_the_plan_is_the_one_of_the_readme(outputs: Run) -> None:
    told = printed(outputs("1-plan"))
    assert "First day at work: Monday, 2027-11-01\n" in told
    assert "Known costs: 3725.00 USD\n" in told
    assert "Not known: BLS course and card\n" in told


def test_the_plan_is_shown_as_a_page_and_as_the_table_of_the_terminal(outputs: Run) -> None:
    pages = [html for html in shown(outputs("1-plan"), "text/html") if "<svg" in html]
    assert len(pages) == 1
    assert "1 Nov 2027" in pages[0]
    plans = [text for text in shown(outputs("1-plan"), "text/plain") if "the job starts on 2027-11-01" in text]
    assert len(plans) == 1
    assert "* Externship          2027-07-26 2027-09-20" in plans[0]


def test_each_change_moves_the_job_as_worked_out_by_hand(outputs: Run) -> None:
    # Hours a week h: 560 * 7 / h days of classes, 160 * 7 / h of externship, each rounded up, then six weeks.
    # 20: 196 + 56 + 42 days from 11 Jan; 30: 131 + 38 + 42; away from 1 to 21 Mar: 21 days later, on a Monday too.
    # CCMA: results after two days in place of none, and 165.00 in place of 125.00.
    table = shown(outputs("2-what-if"), "text/plain")[0].splitlines()
    rows = [[cell.strip() for cell in line.split("  ") if cell.strip()][:3] for line in table[1:]]
    assert rows == [
        ["20 hours a week", "1 Nov 2027", "-"],
        ["30 hours a week", "10 Aug 2027", "83 days sooner, the same cost"],
        ["away in March", "22 Nov 2027", "21 days later, the same cost"],
        ["CCMA (NHA) instead", "3 Nov 2027", "2 days later, 40.00 USD more"],
    ]


def test_a_deadline_is_met_from_the_hours_on_that_were_worked_out_by_hand(outputs: Run) -> None:
    # 26: 151 + 44 + 42 days end on Sun 5 Sep, so Mon 6 Sep; 27: 146 + 42 + 42 on Sun 29 Aug, so Mon 30 Aug.
    assert "From 27 hours a week on she is there in time.\n" in printed(outputs("2-what-if"))
    table = next(text for text in shown(outputs("2-what-if"), "text/plain") if "26 hours" in text)
    lines = {line.split("  ")[0]: line for line in table.splitlines()}
    assert "6 Sep 2027" in lines["26 hours"]
    assert lines["26 hours"].endswith("The deadline of 1 Sep 2027 is missed by 5 days.")
    assert "30 Aug 2027" in lines["27 hours"]
    assert lines["27 hours"].endswith("none")


def test_the_missed_exam_moves_the_job_and_its_period_ends(outputs: Run) -> None:
    # 4 Oct and six weeks; day 90 of a period whose day one is 4 Aug.
    assert "Job on 2027-11-15. The exam is open to her through 2027-11-01.\n" in printed(outputs("2-what-if"))


def test_papers_run_out_at_the_end_of_the_month(outputs: Run) -> None:
    # 8 Feb 2027 and 24 months, 20 Sep 2027 and 60 months, each to the end of the month; then 24 and 60 months on.
    table = shown(outputs("3-renewals"), "text/plain")[0]
    assert [line.split()[-2:] for line in table.splitlines()[1:]] == [
        ["2027-02-08", "2029-02-28"],
        ["2029-03-01", "2031-02-28"],
        ["2027-09-20", "2032-09-30"],
        ["2031-03-01", "2033-02-28"],
        ["2033-03-01", "2035-02-28"],
        ["2032-10-01", "2037-09-30"],
        ["2037-10-01", "2042-09-30"],
        ["2042-10-01", "2047-09-30"],
    ]


def test_reminders_and_the_paper_that_would_run_out_are_told(outputs: Run) -> None:
    # 18 May 2024 and 60 months, to the end of the month; the AAMA takes a renewal 30 days before: 1 May 2029.
    told = printed(outputs("3-renewals"))
    assert told.startswith("Wed 2029-02-21 for 2029-02-28\n")
    assert "needed by 'job': cma-aama renewed on 2029-05-01 holds through 2034-05-31\n" in told
    assert "no route leads to the goal of 'new-job'" in told


# Mia begins on Monday 14 June 2027 with 40 hours a week. The first day at work and the median pay, where it is known.
# Before the six weeks of job search lie 14 days (75 hours); 16 weeks; 16 weeks and 2 days; 14 weeks and 18 days (100
# hours); 98 days (560 hours) and 28 (160); and for the nurse 20 working days for a card, a year of school, and 2
# working days for a result.
BEGINS = dt.date(2027, 6, 14)
PAID = {
    "nursing assistant": (dt.date(2027, 8, 9), 39530),
    "pharmacy technician": (dt.date(2027, 11, 15), 43460),
    "patient care technician": (dt.date(2027, 11, 17), 39530),
    "phlebotomist": (dt.date(2027, 11, 19), 43660),
    "medical assistant": (dt.date(2027, 11, 29), 44200),
    "practical nurse": (dt.date(2028, 8, 25), 62340),
}


def earned(name: str, months: int) -> Fraction:
    """What somebody has earned by the 4th of the month so many months after January 2027."""
    first, median = PAID[name]
    until = dt.date(2027 + months // 12, months % 12 + 1, 4)
    return Fraction(median) * max((until - first).days, 0) / Fraction("365.2425")


def rows_of(text: str, heading: str) -> dict[str, list[str]]:
    """The rows of a frame that has no spaces in its cells but in the first, below a heading."""
    lines = text.splitlines()
    begin = next(number for number, line in enumerate(lines) if heading in line)
    rows = [line.rsplit(maxsplit=count_of(line)) for line in lines[begin + 1 :]]
    return {row[0].strip(): row[1:] for row in rows}


def count_of(line: str) -> int:
    """How many numbers end a line."""
    return sum(part.isdigit() for part in line.split())


def frame_with(outputs: list[dict[str, Any]], heading: str) -> dict[str, list[str]]:
    return rows_of(next(text for text in shown(outputs, "text/plain") if heading in text.splitlines()[0]), heading)


def test_money_earned_by_each_year_is_that_of_days_and_medians(outputs: Run) -> None:
    told = frame_with(outputs("4-careers"), "10 years")
    years = (1, 2, 3, 4, 5, 10)
    assert told == {name: [str(round(earned(name, 12 * each))) for each in years] for name in PAID}


def test_the_practical_nurse_is_ahead_from_the_month_on_that_days_and_medians_give(outputs: Run) -> None:
    nurse = "practical nurse"
    for name in PAID.keys() - {nurse}:
        month = next(n for n in range(1, 121) if earned(nurse, n) > earned(name, n))
        assert f"ahead of the {name} from month {month} on\n" in printed(outputs("4-careers"))
    # What the text says: the nursing assistant leads for more than three years, then from July 2030 on the nurse does.
    assert all(max(PAID, key=lambda name: earned(name, n)) == "nursing assistant" for n in range(9, 42))
    assert all(max(PAID, key=lambda name: earned(name, n)) == nurse for n in range(42, 121))
    assert (2027 + 42 // 12, 42 % 12 + 1) == (2030, 7)
    assert 62340 - 44200 == 18140


def test_half_the_hours_move_what_is_paced_by_hours_alone(outputs: Run) -> None:
    told = frame_with(outputs("4-careers"), "20 hours")
    days = {name: (first - BEGINS).days for name, (first, _) in PAID.items()}
    # 75 h: 14 and 27 days, and a Sunday moves to Monday; 720 h: 98 + 28 and 196 + 56 days; 100 h: 18 and 35 days.
    later = {"nursing assistant": 14, "medical assistant": 126, "phlebotomist": 17, "practical nurse": 0}
    for name, more in (later | {"pharmacy technician": 0, "patient care technician": 0}).items():
        assert told[name] == [str(days[name]), str(days[name] + more), str(more)]


def test_what_plans_rest_on_is_what_the_text_says(outputs: Run) -> None:
    told = frame_with(outputs("4-careers"), "secondary")
    assert [int(each) for each in told["phlebotomist"]][3] == 26
    assert sum(map(int, told["phlebotomist"])) == 29
    assert [int(each) for each in told["medical assistant"]][3] == 5
    assert sum(map(int, told["medical assistant"])) == 43


def test_routes_renewals_and_rungs_are_those_worked_out_by_hand(outputs: Run) -> None:
    told = printed(outputs("4-careers"))
    # By the 25th of August 2028 as at 40 hours; the four tests of the GED are 30.00 each.
    ten = round(earned("practical nurse", 120))
    assert (
        f"2028-08-25: at least 5054.50 USD, {ten:,} earned\n2028-08-25: at least 5174.50 USD, {ten:,} earned\n" in told
    )
    # In Texas through March of odd years, by the birth in March 2009: five of them until 24 August 2038; 68.00 each,
    # and 20 hours for all but the first.
    assert "valid from 2028-08-23 through 2029-03-31\nvalid from 2029-04-01 through 2031-03-31\n" in told
    assert "5 renewals from 2028-08-25 through 2038-08-24:\n80 hours of continuing education and 340.00 USD\n" in told
    # 100 hours in Texas: 35 days to 19 July, six weeks; a year of school, two working days, six weeks; the bridge.
    rungs = ["2027-08-30: Work as a CNA", "2028-10-13: Work as an LPN", "2030-07-16: Work as an RN"]
    assert "".join(f"  {rung}\n" for rung in rungs) in told
    assert (dt.date(2028, 10, 13) - dt.date(2028, 8, 25)).days == 7 * 7
    assert "practical nurse: Tuberculosis test: for training only\n" in told
    assert "sterile processing: CRCST provisional (HSPA): ends for good\n" in told
