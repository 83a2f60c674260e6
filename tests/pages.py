"""The pages of the documentation as tests see them: blocks, documents, commands and tables.

`python tests/pages.py docs/quickstart.md` writes what the commands of a page really print into its blocks. Read the
change before you keep it: it is right only if it is what you meant.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shlex
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import tomli_w
from click.testing import CliRunner

from career_path.cli import application

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
TODAY = dt.date(2027, 1, 4)
"""The day on which all commands are run."""
WIDTH = 100
"""The columns of their terminal."""

Table = dict[str, Any]

NOT_RUN = (
    "python3 -m venv ",  # makes an environment, which the machine of the tests has
    "pip install ",
    "uv run ",
    "python benchmarks/",  # they measure times
    "python examples/portal.py",  # a server; tests/examples has its tests
    "jupyter lab",
    "python -m pytest ",
    "curl ",
    ". .venv/bin/activate",
    "career-path diff last-year.json plan.json",  # plans of the reader's own; docs/howto-choose.md has two
    "career-path credits cma-aama ledger.csv",  # a ledger of the reader's own; tests/unit/test_cli_earned.py runs it
    "career-path credits cma-aama,cpht.toml ledger.csv",
    "career-path credits cpht.toml ledger.csv",
    "career-path credits my-credentials.toml ledger.csv",
)

# Files that a command speaks of and that its page does not show.
UNSHOWN = {
    "README.md": {
        "my-pathway.toml": 'schema = "career-path/pathway/1"\nid = "p"\ngoal = "job"\n[steps.job]\nkind = "job"\n',
        "me.toml": 'schema = "career-path/learner/1"\nid = "me"\n',
    },
    "howto-calendar.md": {
        "ana.toml": 'schema = "career-path/learner/1"\nid = "ana"\nweekly_hours = 20\nchoose = ["cma-aama"]\n'
    },
}

TOP = {"title", "currency", "goal", "note", "steps", "credentials", "occupations", "sources", "holidays", "overlays"}
"""The fields of a pathway: a part of a document that has these alone goes into the last pathway of its page."""


class Block(NamedTuple):
    """A fenced block: where it is, its language, its text, and whether nothing stands between it and the one before."""

    page: str
    line: int
    language: str
    text: str
    follows: bool


def blocks(page: Path) -> list[Block]:
    text = page.read_text("utf-8")
    found: list[Block] = []
    end = 0
    for match in re.finditer(r"^(`{3,}|~{3,}|:{3,})(\S*)[^\n]*\n(.*?)^\1$", text, re.MULTILINE | re.DOTALL):
        follows = bool(found) and not text[end : match.start()].strip()
        line = text.count("\n", 0, match.start()) + 1
        found.append(Block(page.name, line, match[2], match[3], follows))
        end = match.end()
    return found


ALL = {page.name: blocks(page) for page in PAGES}


def place(block: Block) -> str:
    return f"{block.page}:{block.line}"


def table_of(block: Block) -> Table:
    return tomllib.loads(block.text) if block.language == "toml" else dict(json.loads(block.text))


def is_whole(table: Mapping[str, object]) -> bool:
    return "schema" in table


def file_name(language: str, table: Table) -> str:
    return f"{table.get('id', 'me')}.{language}"


def merged(old: Table, new: Table) -> Table:
    """A table with the fields of another, tables within tables likewise."""
    both = {name: merged(old[name], new[name]) for name in old.keys() & new.keys() if name_is_table(old, new, name)}
    return {**old, **new, **both}


def name_is_table(old: Table, new: Table, name: str) -> bool:
    inline = {"takes", "opens", "requires", "cost", "valid", "goal"}  # these are replaced as a whole
    return name not in inline and isinstance(old[name], dict) and isinstance(new[name], dict)


class Command(NamedTuple):
    """A line of a page, and what the page says that it prints (None: nothing); once run, its exit code."""

    where: str
    line: str
    shown: str | None
    status: int = 0


def commands(block: Block, after: Block | None) -> Iterator[Command]:
    if block.language == "console":
        for match in re.finditer(r"^\$ ((?:[^\n]*\\\n)*[^\n]*)\n((?:(?!\$ )[^\n]*\n)*)", block.text, re.MULTILINE):
            yield Command(place(block), match[1].replace("\\\n", " "), match[2])
        return
    lines = [line.partition(" #")[0].rstrip() for line in block.text.replace("\\\n", " ").splitlines()]
    told = [line for line in lines if line and not line.startswith("#")]
    output = after.text if after is not None and after.language == "text" and after.follows else None
    for index, line in enumerate(told):
        yield Command(place(block), line, output if index == len(told) - 1 else None)


def ledgers(page: str) -> dict[str, str]:
    """The ledgers that a page shows: what is indented below a name in code is the file of that name."""
    path = ROOT / "docs" / page
    text = path.read_text("utf-8") if path.is_file() else ""
    found = re.findall(r"^`([a-z0-9-]+\.csv)`:\n\n((?: {4}[^\n]*\n)+)", text, re.MULTILINE)
    return {name: re.sub(r"^ {4}", "", told, flags=re.MULTILINE) for name, told in found}


class Folder:
    """A folder in which the commands of one page are run, one after the other."""

    def __init__(self, page: str) -> None:
        self.last_pathway: tuple[str, Table] | None = None
        self.status = 0
        for name, text in (UNSHOWN.get(page, {}) | ledgers(page)).items():
            Path(name).write_text(text, "utf-8")

    def keep(self, block: Block) -> None:
        """Make files of the documents that a block shows."""
        if block.language in {"toml", "json"}:
            self._keep_document(block.language, block.text, table_of(block))
        elif block.language == "python":
            for text in re.findall(r'"""(\s*(?:schema = |\{\s*"schema").*?)"""', block.text, re.DOTALL):
                language = "json" if text.lstrip().startswith("{") else "toml"
                Path(file_name(language, table_of(block._replace(language=language, text=text)))).write_text(text)

    def _keep_document(self, language: str, text: str, table: Table) -> None:
        if is_whole(table):
            Path(file_name(language, table)).write_text(text, "utf-8")
            if table["schema"] == "career-path/pathway/1":
                self.last_pathway = file_name(language, table), table
        elif self.last_pathway is not None and table.keys() <= TOP:
            name, old = self.last_pathway
            self.last_pathway = name, merged(old, table)
            Path(name).write_text(tomli_w.dumps(self.last_pathway[1]), "utf-8")

    def run(self, line: str) -> str:
        """What a line prints, in order, on both streams."""
        program, *arguments = shlex.split(line.removeprefix(".venv/bin/"))
        if program == "echo":
            assert arguments == ["$?"]
            return f"{self.status}\n"
        if program == "touch":
            Path(arguments[0]).touch()
            return ""
        assert program == "career-path", f"not run and not on the list: {line}"
        # click asks no terminal for its width in tests, and leaves two columns free where it does.
        result = CliRunner().invoke(application, arguments, prog_name="career-path", terminal_width=WIDTH - 2)
        self.status = result.exit_code
        return result.output


def is_run(line: str) -> bool:
    return not line.removeprefix(".venv/bin/").startswith(NOT_RUN)


def looks_like(shown: str) -> re.Pattern[str]:
    """A pattern for what is shown, in which a line with nothing but `…` is any lines."""
    lines = (r"(?:.*\n)*?" if line.strip() == "…" else f"{re.escape(line)}\n" for line in shown.splitlines())
    return re.compile("".join(lines))


def tables(page: str) -> Iterator[list[dict[str, str]]]:
    """The tables of a page, each row by the headings."""
    for found in re.findall(r"((?:^\|.*\|\n)+)", (ROOT / "docs" / page).read_text("utf-8"), re.MULTILINE):
        head, _, *rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in found.splitlines()]
        yield [dict(zip(head, row, strict=True)) for row in rows]


def table_with(page: str, *headings: str) -> list[dict[str, str]]:
    return next(table for table in tables(page) if set(headings) <= table[0].keys())


@cache
def sections(page: str) -> dict[str, str]:
    """The sections of a page by their numbers, the heading first."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    found = re.findall(r"^## ((\d+)\. .*\n(?:(?!## ).*\n)*)", text + "\n", re.MULTILINE)
    return {number: text for text, number in found}


def in_code(text: str) -> list[str]:
    """The names in backticks that may be looked up: `Held.granted`, `plan(…)`."""
    return [each.partition("(")[0] for each in re.findall(r"`([^`]+)`", text)]


def runs(page: str, shown: list[Block]) -> Iterator[tuple[Block, Command, str]]:
    """Run the commands of a page in the folder where we are: for each its block and what it prints."""
    folder = Folder(page)
    clock = mock.patch("career_path.cli.options._clock", return_value=TODAY)
    with clock, mock.patch.dict(os.environ, COLUMNS=str(WIDTH)):
        for block, after in pairwise([*shown, None]):
            assert block is not None
            folder.keep(block)
            if block.language not in {"sh", "console"}:
                continue
            for command in commands(block, after):
                printed = [folder.run(line) for line in command.line.split(" && ") if is_run(line)]
                if printed:
                    yield block, command._replace(status=folder.status), printed[-1]


def rewrite(page: Path) -> None:
    """Put what is really printed in place of what a page shows, but for outputs that it cuts with `…`."""
    text = page.read_text("utf-8")
    fresh: dict[int, tuple[Block, str]] = {}
    for block, command, printed in runs(page.name, blocks(page)):
        if block.language == "console":
            is_cut = "…\n" in (command.shown or "")
            told = fresh.get(block.line, (block, ""))[1]
            fresh[block.line] = block, f"{told}$ {command.line}\n{command.shown if is_cut else printed}"
        elif command.shown:
            text = text.replace(f"```text\n{command.shown}```", f"```text\n{printed}```", 1)
    for block, told in fresh.values():
        text = text.replace(f"```console\n{block.text}```", f"```console\n{told}```", 1)
    page.write_text(text, "utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        target = Path(name).resolve()
        with tempfile.TemporaryDirectory() as folder_name:
            os.chdir(folder_name)
            rewrite(target)
            os.chdir(ROOT)
