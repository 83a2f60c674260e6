"""Runs the benchmarks and prints one table: our time, each peer's time in the same run, the ratio, and what is asked.

    python benchmarks/ratios.py              # all rows
    python benchmarks/ratios.py P1 P2        # some rows
    python benchmarks/ratios.py --quick      # one pass, without what takes long
    python benchmarks/ratios.py --read FILE  # the table of a JSON file that was kept with --keep FILE

Everything is run in several passes, so that ours and the peers take turns, and the least time of all passes counts:
a busy machine is then unfair to all alike. Only the ratios mean anything.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from limits import LIMITS, WORK, Limit

__all__ = ["Line", "Measured", "lines_of", "main", "measured_in", "table_of"]

HERE = Path(__file__).parent
US = "career_path"
PACKAGES = (
    "attrs", "click", "highspy", "icalendar", "networkx", "numpy", "ortools", "python-dateutil", "rustworkx", "scipy",
    "whenever",
)  # fmt: skip
UNITS = ((1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))


class Measured(NamedTuple):
    """The least time that one unit of work took somebody."""

    row: str
    part: str
    size: str
    who: str
    seconds: float
    note: str


class Line(NamedTuple):
    """One line of the table: us beside one peer."""

    ours: Measured
    peer: Measured
    limit: Limit | None

    @property
    def is_reached(self) -> bool | None:
        """Whether the limit is kept; None where there is none."""
        if self.limit is None:
            return None
        ratio = self.ours.seconds / self.peer.seconds
        if self.limit.at_most is not None:
            return ratio <= self.limit.at_most
        return self.limit.at_least is None or 1 / ratio >= self.limit.at_least


def measured_in(reports: Iterable[dict[str, Any]]) -> list[Measured]:
    """The least time of each benchmark in reports of pytest-benchmark, in the order in which they first appear."""
    least: dict[tuple[str, str, str, str], Measured] = {}
    for report in reports:
        for each in report["benchmarks"]:
            told = each["extra_info"]
            names = (told["row"], told["part"], told["size"], told["who"])
            found = Measured(*names, each["stats"]["min"] / told["per"], told.get("note", ""))
            least[names] = min(found, least.get(names, found), key=lambda one: one.seconds)
    return list(least.values())


def lines_of(measured: Sequence[Measured], limits: Sequence[Limit] = LIMITS) -> list[Line]:
    """Us beside each peer that did the same work; without limits of its own a peer is there to compare."""
    ours = {(each.row, each.part, each.size): each for each in measured if each.who == US}
    peers = [each for each in measured if each.who != US and (each.row, each.part, each.size) in ours]
    return [
        Line(ours[each.row, each.part, each.size], each, _limit_for(each, limits))
        for each in sorted(peers, key=lambda each: each.row)
    ]


def _limit_for(peer: Measured, limits: Sequence[Limit]) -> Limit | None:
    asked = (each for each in limits if each.covers(row=peer.row, part=peer.part, size=peer.size, peer=peer.who))
    return next(asked, None)


def table_of(lines: Sequence[Line], limits: Sequence[Limit] = LIMITS) -> str:
    """The table in Markdown, with notes after it; a limit of a row shown that met no measurement is told there."""
    head = ("row", "part", "size", "ours", "peer", "its time", "ratio", "limit", "reached")
    cells = [head, *(_cells(line) for line in lines)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    shown = [_joined(row, widths) for row in cells]
    shown.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join([*shown, *_legend(lines, limits)])


def _joined(row: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"


def _cells(line: Line) -> tuple[str, ...]:
    ours, peer, limit = line
    times_faster = peer.seconds / ours.seconds
    reached = {True: "yes", False: "NO", None: ""}[line.is_reached]
    if limit is not None and limit.at_most is not None:
        ratio, asked = f"{1 / times_faster:.2f} of it", f"at most {limit.at_most:g}"
    elif limit is not None:
        ratio, asked = f"{times_faster:.3g} x faster", f"at least {limit.at_least:g} x"
    else:
        ratio, asked = f"{times_faster:.3g} x faster" if times_faster >= 1 else f"{1 / times_faster:.2f} of it", ""
    return (
        ours.row, ours.part, ours.size, _time(ours.seconds), peer.who, _time(peer.seconds), ratio, asked, reached,
    )  # fmt: skip


def _time(seconds: float) -> str:
    size, name = next((unit for unit in UNITS if seconds >= unit[0]), UNITS[-1])
    return f"{seconds / size:.3g} {name}"


def _legend(lines: Sequence[Line], limits: Sequence[Limit]) -> Iterator[str]:
    yield ""
    for row, _ in groupby(lines, key=lambda line: line.ours.row):
        yield f"{row}: {WORK.get(row, '')}"
    for ours in dict.fromkeys(line.ours for line in lines):
        if ours.note:
            yield f"{ours.row} {ours.part}, {ours.size}: {ours.note}"
    rows, met = {line.ours.row for line in lines}, {line.limit for line in lines}
    for limit in limits:
        if limit.row in rows and limit not in met:
            names = filter(None, (limit.part, limit.size, f"beside {limit.peer}"))
            yield f"{limit.row} {', '.join(names)}: asked for and NOT MEASURED"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 where a limit is not reached."""
    asked = _parser().parse_args(arguments)
    reports = [json.loads(asked.read.read_text("utf-8"))] if asked.read else list(_passes(asked))
    if asked.keep:
        merged = {"benchmarks": [each for report in reports for each in report["benchmarks"]]}
        asked.keep.write_text(json.dumps(merged), "utf-8")
    lines = [line for line in lines_of(measured_in(reports)) if not asked.rows or line.ours.row in asked.rows]
    sys.stdout.write(f"{_versions()}\n\n{table_of(lines)}\n")
    return int(any(line.is_reached is False for line in lines))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure the library next to its peers.")
    parser.add_argument("rows", nargs="*", metavar="ROW", help="P1, P2 and so on; all without any")
    parser.add_argument("--quick", action="store_true", help="one pass, without what takes long")
    parser.add_argument("--passes", type=int, default=3, help="how many times everything is run (3)")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="also write the measurements to FILE")
    parser.add_argument("--read", type=Path, metavar="FILE", help="print the table of FILE and measure nothing")
    return parser


def _passes(asked: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """What pytest-benchmark reports, pass by pass."""
    patterns = [f"test_{row.lower()}_*.py" for row in asked.rows] or ["test_*.py"]
    files = [str(file) for pattern in patterns for file in sorted(HERE.glob(pattern))]
    if not files:
        sys.exit(f"no benchmark of {', '.join(asked.rows)}; there are {', '.join(WORK)}")
    quick = ["-m", "not long", "--benchmark-max-time=0.2", "--benchmark-min-rounds=3"] if asked.quick else []
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        options = ["-q", "--benchmark-quiet", f"--benchmark-json={report}", *quick]
        for _ in range(1 if asked.quick else asked.passes):
            done = subprocess.run([sys.executable, "-m", "pytest", *options, *files], check=False)
            if done.returncode:
                sys.exit(done.returncode)
            yield json.loads(report.read_text("utf-8"))


def _versions() -> str:
    return f"Python {sys.version.split()[0]}; " + ", ".join(filter(None, map(_version, PACKAGES)))


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return ""


if __name__ == "__main__":
    sys.exit(main())
