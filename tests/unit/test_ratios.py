"""The table of ratios, computed from measurements made up by hand."""

import json
from pathlib import Path

import pytest
from limits import LIMITS, WORK, Limit
from ratios import lines_of, main, measured_in, table_of


def benchmark(who: str, seconds: float, *, row: str = "P7", per: int = 1, **more: str) -> dict[str, object]:
    told = {"row": row, "part": "write", "size": "20 events", "who": who, "per": per, **more}
    return {"extra_info": told, "stats": {"min": seconds, "median": seconds * 9}}


TWO_PASSES = [
    {"benchmarks": [benchmark("career_path", 0.004, per=20), benchmark("icalendar", 0.08, per=10)]},
    {"benchmarks": [benchmark("career_path", 0.008, per=20), benchmark("icalendar", 0.06, per=10)]},
]
"""0.2 ms an event of ours, 6 ms of icalendar: 30 times."""


def test_the_least_time_of_all_passes_counts_for_each_unit() -> None:
    found = measured_in(TWO_PASSES)
    assert [each.who for each in found] == ["career_path", "icalendar"]
    assert [each.seconds for each in found] == pytest.approx([0.0002, 0.006])


@pytest.mark.parametrize(
    ("limit", "reached"),
    [
        (Limit("P7", "icalendar", at_least=29.9), True),
        (Limit("P7", "icalendar", at_least=30.1), False),
        (Limit("P7", "icalendar", at_most=0.0334), True),
        (Limit("P7", "icalendar", at_most=0.0333), False),
        (Limit("P7", "icalendar", at_least=99, part="read"), None),
        (Limit("P7", "icalendar", at_least=99, size="1,000 events"), None),
        (Limit("P7", "ics", at_least=99), None),
        (Limit("P3", "icalendar", at_least=99), None),
    ],
)
def test_a_limit_is_asked_of_what_it_names(limit: Limit, *, reached: bool | None) -> None:
    (line,) = lines_of(measured_in(TWO_PASSES), [limit])
    assert line.is_reached is reached


def test_a_peer_stands_beside_the_same_part_and_size_alone() -> None:
    other = benchmark("icalendar", 0.5, size="1,000 events")
    lines = lines_of(measured_in([*TWO_PASSES, {"benchmarks": [other]}]), [])
    assert [(line.ours.size, line.peer.size) for line in lines] == [("20 events", "20 events")]


def test_the_table_tells_time_ratio_limit_and_whether_it_is_reached() -> None:
    slower = benchmark("bare interpreter", 0.0001)
    noted = [*TWO_PASSES, {"benchmarks": [slower, benchmark("career_path", 1e-4, note="flat")]}]
    limits = [
        Limit("P7", "icalendar", at_least=90),
        Limit("P7", "ics", at_least=9),
        Limit("P4", "dateutil", at_least=8),
    ]
    table = table_of(lines_of(measured_in(noted), limits), limits)
    _, _, first, second, *legend = table.splitlines()
    assert [cell.strip() for cell in first.split("|")[1:-1]] == [
        "P7", "write", "20 events", "100 µs", "icalendar", "6 ms", "60 x faster", "at least 90 x", "NO",
    ]  # fmt: skip
    assert [cell.strip() for cell in second.split("|")[5:-1]] == ["bare interpreter", "100 µs", "1 x faster", "", ""]
    assert legend == [
        "",
        f"P7: {WORK['P7']}",
        "P7 write, 20 events: flat",
        "P7 beside ics: asked for and NOT MEASURED",
    ]


def test_a_share_is_told_where_a_share_is_asked() -> None:
    table = table_of(lines_of(measured_in(TWO_PASSES), [Limit("P7", "icalendar", at_most=0.5)]), [])
    assert "| 0.03 of it | at most 0.5 | yes" in table


def test_kept_measurements_are_shown_again_and_tell_by_the_exit_code_what_is_not_reached(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps(TWO_PASSES[1]))  # 0.4 ms and 6 ms: 15 times, where 30 are asked
    assert main(["--read", str(kept)]) == 1
    assert "15 x faster" in capsys.readouterr().out
    assert main(["P1", "--read", str(kept)]) == 0


def test_every_limit_says_one_thing_about_a_row_that_is_described() -> None:
    assert all((limit.at_most is None) != (limit.at_least is None) for limit in LIMITS)
    assert {limit.row for limit in LIMITS} == set(WORK)
