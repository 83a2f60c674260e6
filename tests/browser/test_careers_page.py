"""The page about careers side by side in a real browser: accessible, and no wider than the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from browser.test_page import show
from career_path import Learner, Pathway, Step, compare, files

if TYPE_CHECKING:
    from playwright.sync_api import Page

TODAY = dt.date(2027, 1, 4)


@pytest.fixture(scope="module")
def catalog_page() -> str:
    """All careers of the catalog."""
    return compare(files.catalog_ids(), Learner(weekly_hours=20), today=TODAY).to_page()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_the_careers_of_the_catalog(
    browser_page: Page,
    axe: Callable[[Page], list[dict[str, Any]]],
    tmp_path: Path,
    catalog_page: str,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    show(browser_page, catalog_page, tmp_path, width=width, scheme=scheme)
    assert axe(browser_page) == []
    assert browser_page.locator("h2:has-text('How to read it')").count() == 1


@pytest.mark.parametrize("width", [320, 480, 900, 901, 1000, 1280])
def test_no_width_needs_scrolling_to_the_side(
    browser_page: Page, tmp_path: Path, catalog_page: str, width: int
) -> None:
    steps = [Step("job", kind="job", title="W" * 200)]
    long = [Pathway(f"p{number}", title="W" * 200, goal="job", steps=steps) for number in range(5)]
    for page in (catalog_page, compare(long, Learner(), today=TODAY).to_page()):
        show(browser_page, page, tmp_path, width=width)
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= width
