"""Other processes, places and threads: the same input gives the same bytes everywhere, and touches nothing else."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from career_path import files
from career_path.formats.documents import format_pathway, format_timeline
from career_path.formats.icalendar import format_calendar
from career_path.model.learner import Learner
from career_path.model.timeline import Timeline
from career_path.planning import plan
from career_path.views.table import plan_table

WRITE_ALL = """
import datetime as dt, hashlib, sys
from career_path import Learner, format_calendar, format_pathway, format_timeline, load_catalog, plan
from career_path.views.outline import pathway_text
from career_path.views.table import plan_table

pathway = load_catalog("medical-assistant")
day = dt.date(2027, 1, 11)
made = plan(pathway, Learner("ana", start=day, weekly_hours=20), today=day)
texts = [format_pathway(pathway, syntax=each) for each in ("json", "toml")]
texts += [format_timeline(made, syntax=each) for each in ("json", "toml")]
texts += [format_calendar(made), plan_table(made), pathway_text(pathway)]
print(*(hashlib.sha256(text.encode()).hexdigest() for text in texts))
"""


def digests(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", WRITE_ALL],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, **environment},
    )
    assert len(done.stdout.split()) == 7
    return done.stdout


@pytest.fixture(scope="module")
def usual() -> str:
    return digests(PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8")


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"},
        {"PYTHONHASHSEED": "4294967295", "TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONUTF8": "0"},
        {
            "PYTHONHASHSEED": "31337",
            "TZ": "Pacific/Apia",
            "COLUMNS": "20",
            "FORCE_COLOR": "1",
            "TERM": "xterm-256color",
        },
    ],
    ids=lambda environment: environment["TZ"],
)
def test_no_hash_seed_time_zone_locale_or_terminal_changes_a_byte(usual: str, environment: dict[str, str]) -> None:
    assert digests(**environment) == usual


WATCHED = """
import sys
import career_path.cli, career_path.formats.timeline_json, career_path.formats.unstructure
import career_path.formats.toml_writing, career_path.formats.icalendar, career_path.views.outline
import career_path.views.table, career_path.planning.planner, dateutil.relativedelta
from career_path.cli import application

def run(*args):
    return application.main([*args], standalone_mode=False)

if run("plan", sys.argv[1], "--today", "2027-01-11"):
    sys.exit("the plan was not made")
seen = []
def watch(event, args):
    if event == "open":
        seen.append(str(args[0]))
    elif event.split(".")[0] in {"socket", "subprocess", "urllib", "http", "ftplib", "smtplib", "webbrowser", "pickle",
                                 "ctypes", "os", "shutil"} and event not in {"os.scandir", "os.listdir"}:
        seen.append(event)
sys.addaudithook(watch)
run("check", sys.argv[1])
run("show", sys.argv[1])
for shape in ("table", "ics", "json"):
    run("plan", sys.argv[1], "--today", "2027-01-11", "--format", shape)
print("\\n".join(sorted({each for each in seen if not each.endswith((".py", ".pyc"))})), file=sys.stderr)
"""

LURES = """
schema = "career-path/pathway/1"
id = "lures"
title = "file:///etc/passwd"
note = "http://192.0.2.1/ $(touch lured) `touch lured` __import__('os').system('touch lured')"
goal = "job"

[steps.job]
title = "!!python/object/apply:os.system ['touch lured']"
note = "{{ ''.__class__.__mro__ }} <!ENTITY x SYSTEM 'file:///etc/passwd'> @include /etc/passwd"
sources = ["A1"]

[sources.A1]
title = "../../../../etc/passwd"
address = "http://192.0.2.1/rules.html"
"""


def test_a_document_is_data_nothing_in_it_is_run_opened_or_fetched(tmp_path: Path) -> None:
    (tmp_path / "lures.toml").write_text(LURES)
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, "lures.toml"],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.split() == ["lures.toml"]
    assert [each.name for each in tmp_path.iterdir()] == ["lures.toml"]


def test_values_are_shared_by_threads() -> None:
    day = dt.date(2027, 1, 11)
    pathway = files.load_catalog("medical-assistant")
    learner = Learner("ana", start=day, weekly_hours=20)

    def texts(made: Timeline) -> tuple[str, ...]:
        pathway.step("externship")
        return (
            format_pathway(pathway),
            format_timeline(made),
            format_calendar(made),
            plan_table(made),
            files.load_catalog("medical-assistant").name,
            str(pathway.graph().number_of_edges()),
        )

    shared = plan(pathway, learner, today=day)
    alone = texts(shared)
    with ThreadPoolExecutor(8) as pool:
        own = [pool.submit(lambda: texts(plan(pathway, learner, today=day))) for _ in range(8)]
        others = [pool.submit(texts, shared) for _ in range(8)]
        assert {each.result() for each in (*own, *others)} == {alone}
