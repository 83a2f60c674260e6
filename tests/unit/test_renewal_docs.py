"""The pages about renewals and credits: ledgers, forms and fields are true."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import pages
from career_path.cli import application
from career_path.formats.schema import learner_schema, pathway_schema, timeline_schema
from pages import ALL, ROOT, Block, Table, in_code, is_whole, looks_like, place, runs, sections, table_of

NUMBERS = [str(number) for number in range(1, 29)]
LANGUAGE_PAGES = ("renewal-patterns.md", "credit-patterns.md", "howto-renewals.md", "howto-credits.md")


def text_of(page: str) -> str:
    return (ROOT / "docs" / page).read_text("utf-8")


# Ledgers: what stands indented below a name is the file of that name.


def ledgers(page: str) -> dict[str, str]:
    found = re.findall(r"^`([a-z0-9-]+\.csv)`:\n\n((?: {4}[^\n]*\n)+)", text_of(page), re.MULTILINE)
    return {name: re.sub(r"^ {4}", "", text, flags=re.MULTILINE) for name, text in found}


def test_the_commands_count_the_ledgers_of_their_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pages, "NOT_RUN", ())
    page = "credit-patterns.md"
    for name, text in ledgers(page).items():
        (tmp_path / name).write_text(text, "utf-8")
    counted = set()
    for _, command, printed in runs(page, ALL[page]):
        assert command.shown
        assert looks_like(command.shown).fullmatch(printed), f"{command.line}\n{printed}"
        counted |= {word for word in command.line.split() if word.endswith(".csv")}
    assert counted == set(ledgers(page)) == {f"ledger-{number}.csv" for number in range(21, 29)}


# The forms


def forms() -> Iterator[tuple[str, str]]:
    """For each pattern the head and the form below it, as a reader puts them together."""
    head = next(each.text for each in ALL["renewal-templates.md"] if each.language == "toml")
    for number, section in sections("renewal-templates.md").items():
        for text in re.findall(r"^```toml\n(.*?)^```", section, re.MULTILINE | re.DOTALL):
            yield number, f"{head}\n{text}"


def test_each_pattern_has_one_form() -> None:
    assert [number for number, _ in forms()] == NUMBERS


@pytest.mark.parametrize(("number", "text"), list(forms()), ids=NUMBERS)
def test_a_form_below_the_head_is_a_sound_document(number: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / f"{number}.toml"
    file.write_text(text, "utf-8")
    result = CliRunner().invoke(application, ["check", str(file)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert ": OK, " in result.stdout
    assert not list(schema_errors(tomllib.loads(text)))


@pytest.mark.parametrize(("number", "text"), list(forms()), ids=NUMBERS)
def test_a_form_says_where_to_write(number: str, text: str) -> None:
    own = text.partition("[steps]\n")[2]
    assert " # " in own, number
    assert len(own.splitlines()) <= 15


# The schema


@cache
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(pathway_schema())
    return Draft202012Validator(pathway_schema())


def schema_errors(table: Mapping[str, object]) -> Iterator[str]:
    document = json.loads(json.dumps(table, default=str))
    return (f"{each.json_path}: {each.message}" for each in validator().iter_errors(document))


def documents() -> list[Block]:
    return [
        each
        for page in LANGUAGE_PAGES
        for each in ALL[page]
        if each.language == "toml" and is_whole(table_of(each)) and "pathway" in table_of(each)["schema"]
    ]


@pytest.mark.parametrize("block", documents(), ids=place)
def test_each_document_fits_the_schema(block: Block) -> None:
    assert not list(schema_errors(table_of(block)))


def test_the_schema_refuses_a_field_that_it_does_not_know() -> None:
    table = {"schema": "career-path/pathway/1", "id": "x", "goal": {"all": []}, "steps": {}}
    assert not list(schema_errors(table))
    assert list(schema_errors({**table, "credentials": {"card": {"renewal": {"opened": "P60D"}}}}))


def words_of(*schemas: Mapping[str, object]) -> set[str]:
    """The names of all fields in schemas, and the words that they may hold."""
    found: set[str] = set()
    stack: list[object] = [*schemas]
    while stack:
        match stack.pop():
            case dict() as node:
                table = cast("Table", node)
                found |= set(table.get("properties", {})) | {str(each) for each in table.get("enum", ())}
                found |= {str(table["const"])} if "const" in table else set()
                stack += table.values()
            case list() as nodes:
                stack += cast("list[object]", nodes)
            case _:
                pass
    return found


@pytest.mark.parametrize("page", ["howto-renewals.md", "howto-credits.md", "renewal-templates.md"])
def test_each_field_that_a_page_tells_is_in_the_schema(page: str) -> None:
    known = words_of(pathway_schema())
    assert {"valid", "renewal", "month-end", "counts_from", "from-expiry"} <= known
    told = {*fields_in_tables(page), *fields_in_documents(page)}
    assert told - known == set()
    if page == "howto-renewals.md":
        assert {"span", "nth", "short_month", "from-completion"} <= told


def test_each_word_in_code_of_the_page_about_renewals_is_in_some_schema() -> None:
    known = words_of(pathway_schema(), learner_schema(), timeline_schema()) | {"json", "ics", "markdown", "keep"}
    prose = re.sub(r"^```.*?^```$", "", text_of("howto-renewals.md"), flags=re.MULTILINE | re.DOTALL)
    words = {word for word in re.findall(r"`([a-z_-]*[a-z])`", prose) if not word.startswith("-")}
    assert "processing" in words
    assert words - known == set()


def fields_in_tables(page: str) -> Iterator[str]:
    """The names in the left columns of the tables about the language."""
    for table in pages.tables(page):
        heading = next(iter(table[0]))
        if heading.startswith(("field", "table", "`method`", "`fills`")):
            for row in table:
                yield from in_code(row[heading])


def fields_in_documents(page: str) -> Iterator[str]:
    for each in ALL[page]:
        if each.language == "toml" and "learner" not in str(table_of(each).get("schema")):
            yield from names_in(table_of(each))


def names_in(table: Table) -> Iterator[str]:
    """The fields of a document at whatever depth; ids are passed over."""
    for name, value in table.items():
        yield name
        inner = value.values() if name in {"credentials", "steps", "sources", "ways", "duties"} else [value]
        for each in inner:
            for one in each if isinstance(each, list) else [each]:
                if isinstance(one, dict):
                    yield from names_in(cast("Table", one))
