"""The pages show what really happens: every fenced block is read, run or compared.

Sybil runs the Python blocks (see `conftest.py` at the top). Here are the others:

- `toml` and `json`: a whole document (it has `schema`) must be sound, unless the page goes on to show its faults. It
  becomes a file named by its id (`id = "ana"` is `ana.toml`) for the commands that follow. A part of a document is put
  into the last pathway of its page and tried by itself.
- `console`: each line after `$ ` is run, and what it prints is compared; a line with nothing but `…` stands for any
  lines.
- `sh`: each line is run; where a `text` block follows at once, it is what the last one prints.
"""

from __future__ import annotations

import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from career_path import DocumentError, parse_learner, parse_pathway, parse_timeline
from pages import (
    ALL,
    NOT_RUN,
    PAGES,
    ROOT,
    TOP,
    Block,
    Command,
    Table,
    blocks,
    commands,
    file_name,
    is_whole,
    looks_like,
    place,
    rewrite,
    runs,
    table_of,
)

CATALOG = ROOT / "src" / "career_path" / "catalog"
RUN_ELSEWHERE = {"python"}  # by Sybil
DIRECTIVES = {"{toctree}", "{include}", "{eval-rst}"}
LANGUAGES = {"toml", "json", "console", "sh", "text"} | RUN_ELSEWHERE | DIRECTIVES


def of_language(*languages: str) -> list[Any]:
    return [pytest.param(each, id=place(each)) for page in ALL.values() for each in page if each.language in languages]


# What is there


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_is_in_a_language_that_is_tried_and_closed(page: Path) -> None:
    unknown = [f"{place(each)} {each.language}" for each in ALL[page.name] if each.language not in LANGUAGES]
    assert not unknown
    assert len(re.findall(r"^\s*(?:`{3,}|~{3,}|:{3,})", page.read_text("utf-8"), re.MULTILINE)) == 2 * len(
        ALL[page.name]
    )


def test_a_text_block_is_what_the_commands_before_it_print() -> None:
    for page in ALL.values():
        before = [None, *page]
        for previous, each in zip(before, page, strict=False):
            if each.language == "text":
                assert previous is not None
                assert (previous.language, each.follows) == ("sh", True), place(each)


def test_every_page_is_in_the_table_of_contents() -> None:
    listed = [name for each in ALL["index.md"] if each.language == "{toctree}" for name in toctree(each)]
    pages = {page.stem for page in PAGES[1:]} - {"index"}
    assert sorted(listed) == sorted(pages)


def toctree(block: Block) -> list[str]:
    return [line for line in block.text.split() if not line.startswith(":") and (ROOT / f"docs/{line}.md").exists()]


@pytest.mark.parametrize("page", PAGES[1:], ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([a-z0-9-]+\.md)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).is_file(), target


# Documents


READERS = {
    "career-path/pathway/1": parse_pathway,
    "career-path/learner/1": parse_learner,
    "career-path/timeline/1": parse_timeline,
}
# A part of a document is given a place in a whole one by its fields.
STEP = {"kind", "takes", "opens", "requires", "retakes", "absence", "cost", "grants"}
LEARNER = {"start", "weekly_hours", "born", "absences", "records", "holds", "choose", "avoid", "budget", "deadline"}
ELSEWHERE = {"unknown-id"}  # what a part names may be anywhere else


def completed(part: Table) -> Table:
    if part.keys() <= TOP:
        return {"schema": "career-path/pathway/1", "id": "part", "goal": {"all": []}, "steps": {"x": {}}, **part}
    if part.keys() <= STEP:
        return completed({"steps": {"x": part}})
    if part.keys() <= LEARNER:
        return {"schema": "career-path/learner/1", **part}
    assert part.keys() <= {"valid", "issuer", "letters"}, f"unknown part: {sorted(part)}"
    return completed({"credentials": {"x-x": part}})


def faults_of(table: Table) -> set[str]:
    try:
        READERS[table["schema"]](json.dumps(table, default=str))
    except DocumentError as error:
        return {fault.code for fault in error.faults}
    return set()


@pytest.mark.parametrize("block", of_language("toml", "json"))
def test_documents_and_their_parts_can_be_read(block: Block) -> None:
    table = table_of(block)
    if not is_whole(table):
        assert faults_of(completed(table)) <= ELSEWHERE
    elif has_shown_faults(block, table):
        assert faults_of(table)
    else:
        assert not faults_of(table)


def has_shown_faults(block: Block, table: Table) -> bool:
    """Whether the next block shows that `check` finds faults in it."""
    after = next((each for each in ALL[block.page] if each.line > block.line), None)
    command = f"$ career-path check {file_name(block.language, table)}\n"
    return after is not None and after.text.startswith(command) and ": OK, " not in after.text


# Commands


WITH_COMMANDS = [name for name, page in ALL.items() if any(each.language in {"sh", "console"} for each in page)]


@pytest.mark.parametrize("page", WITH_COMMANDS)
def test_commands_run_and_print_what_the_page_shows(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _, command, printed in runs(page, ALL[page]):
        judge(command, printed)


def judge(command: Command, printed: str) -> None:
    if command.shown is None:
        assert command.status == 0, f"{command.where}: {command.line}\n{printed}"
    else:
        is_shown = looks_like(command.shown).fullmatch(printed) is not None
        assert is_shown, f"{command.where}: {command.line}\n{printed}"


def test_some_commands_are_really_compared() -> None:
    pages = {
        name
        for name, page in ALL.items()
        for block, after in pairwise([*page, None])
        if block is not None and block.language in {"sh", "console"}
        if any(command.shown for command in commands(block, after))
    }
    assert {"README.md", "quickstart.md", "howto-pathway.md", "howto-read-a-plan.md", "reference.md"} <= pages


def test_what_is_not_run_is_on_some_page() -> None:
    lines = [
        command.line
        for page in ALL.values()
        for each in page
        if each.language == "sh"
        for command in commands(each, None)
    ]
    parts = [part.removeprefix(".venv/bin/") for line in lines for part in line.split(" && ")]
    assert not [prefix for prefix in NOT_RUN if not any(part.startswith(prefix) for part in parts)]


def test_a_line_of_dots_stands_for_any_lines_and_nothing_else_does() -> None:
    assert looks_like("a\n…\nd\n").fullmatch("a\nb\nc\nd\n")
    assert looks_like("…\n").fullmatch("")
    assert not looks_like("a\n").fullmatch("a\nb\n")
    assert not looks_like("a.\n").fullmatch("ab\n")


def test_a_page_with_old_outputs_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "page.md"
    page.write_text(
        "```console\n$ career-path list\nold\n$ career-path show --help\n…\n```\n\n"
        "```sh\ncareer-path list\n```\n\n```text\nolder\n```\n"
    )
    rewrite(page)
    titles = {path.stem: tomllib.loads(path.read_text("utf-8"))["title"] for path in CATALOG.glob("*.toml")}
    listed = "".join(f"{name:<{max(map(len, titles))}}  {titles[name]}\n" for name in sorted(titles))
    assert [each.text for each in blocks(page)] == [
        f"$ career-path list\n{listed}$ career-path show --help\n…\n",
        "career-path list\n",
        listed,
    ]
