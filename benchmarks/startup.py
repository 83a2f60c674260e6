"""P1 and P2: what it costs to import the library, and to go from a document to a calendar in one process.

    python benchmarks/startup.py [rounds]

Every command is a process of its own, the best of some rounds counts, and only ratios within one run mean anything.
Install the library (not editable) with compiled byte code, as users have it: `pip install '.[cli,benchmark]'`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
PATHWAY = str(HERE / "twelve_steps.toml")
PLAN = "--start 2027-01-11 --hours 20 --today 2027-01-04 --format ics -o"


def commands(folder: str) -> dict[str, list[str]]:
    """What is run, by name."""
    ours, peer = str(Path(folder) / "ours.ics"), str(Path(folder) / "peer.ics")
    return {
        "bare interpreter": ["-c", "pass"],
        "attrs + relativedelta": ["-c", "import attrs; from dateutil.relativedelta import relativedelta"],
        "networkx": ["-c", "import networkx"],
        "import career_path": ["-c", "import career_path"],
        "career_path.plan": ["-c", "from career_path import plan"],
        "peer script, document to calendar": [str(HERE / "peers_startup.py"), PATHWAY, peer],
        "career-path, document to calendar": ["-m", "career_path", "plan", PATHWAY, *PLAN.split(), ours],
    }


def best_times(rounds: int) -> dict[str, float]:
    """The least wall time of each command, in seconds."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    best: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            for name, arguments in commands(folder).items():
                began = time.perf_counter()
                subprocess.run([sys.executable, *arguments], check=True, env=environment)
                took = time.perf_counter() - began
                best[name] = min(took, best.get(name, took))
    return best


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    best = best_times(rounds)
    for name, seconds in best.items():
        print(f"{seconds * 1000:7.0f} ms  {name}")
    p1 = best["import career_path"] / best["attrs + relativedelta"]
    p2 = best["career-path, document to calendar"] / best["peer script, document to calendar"]
    print(f"P1  import career_path / (attrs + relativedelta)  {p1:.2f}  (at most 1.5)")
    print(f"P2  career-path / peer script                     {p2:.2f}  (at most 0.6, aim 0.35)")


if __name__ == "__main__":
    main()
