"""The table of patterns: all are there, each with a document, a command that reads it, and the dates it gives."""

from __future__ import annotations

import re
import tomllib

import pytest

from pages import in_code, sections, table_with

PAGES = {
    "renewal-patterns.md": range(1, 21),
    "credit-patterns.md": range(21, 29),
    "eligibility-patterns.md": range(29, 38),
    "exam-patterns.md": range(38, 47),
    "program-patterns.md": range(47, 54),
}
NUMBERS = [str(number) for numbers in PAGES.values() for number in numbers]
ROWS = table_with("patterns.md", "no.", "pattern")


def slug(heading: str) -> str:
    """The anchor that Sphinx and a forge make of a heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def blocks(section: str, kind: str) -> list[str]:
    return re.findall(rf"^```(?:{kind})\n(.*?)^```", section, re.MULTILINE | re.DOTALL)


def test_the_table_has_each_of_the_53_patterns_once() -> None:
    assert [row["no."] for row in ROWS] == NUMBERS


@pytest.mark.parametrize("page", PAGES)
def test_each_page_has_its_patterns_in_order(page: str) -> None:
    assert list(sections(page)) == [str(number) for number in PAGES[page]]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["no."])
def test_each_row_leads_to_its_section_which_gives_what_the_row_says(row: dict[str, str]) -> None:
    target = re.search(r"\]\(([a-z-]*\.md)#([^)]*)\)", row["pattern"])
    assert target is not None
    section = sections(target[1])[row["no."]]
    assert slug(section.partition("\n")[0]) == target[2]
    words = set(re.findall(r"[\d.-]*\d", " ".join(blocks(section, "console|python"))))
    assert in_code(row["it gives"])
    assert set(in_code(row["it gives"])) <= words


@pytest.mark.parametrize("number", NUMBERS)
def test_each_pattern_has_whole_documents_and_a_command_that_reads_them(number: str) -> None:
    section = next(found[number] for found in map(sections, PAGES) if number in found)
    name = f"pattern-{int(number):02}"
    ids = [tomllib.loads(text)["id"] for text in blocks(section, "toml") if "career-path/pathway/1" in text]
    assert name in ids
    for each in ids:
        assert re.fullmatch(rf"{name}(-[a-z-]+)?", each)
        assert re.search(rf"^\$ career-path \w+ {each}\.toml", section, re.MULTILINE)
