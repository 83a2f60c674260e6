"""The page about a plan in a real browser: accessible, no wider than a phone, usable by keyboard, whole on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import attrs
import pytest

from career_path import Learner, load_catalog, plan
from career_path.model.pathway import StepKind
from career_path.model.timeline import Conflict, ConflictKind, PlannedStep, Status, Timeline
from career_path.views.page import format_fragment, format_page

if TYPE_CHECKING:
    from playwright.sync_api import Page

TODAY = dt.date(2027, 1, 4)
CONFLICT = Conflict(kind=ConflictKind.FINISH_BY, rules=("deadline",), days=9, repairs=("start 9 days earlier",))


def catalog_plan() -> Timeline:
    learner = Learner(start=dt.date(2027, 1, 11), weekly_hours=20, choose=["cma-aama"])
    return plan(load_catalog("medical-assistant"), learner, today=TODAY)


def many_steps(count: int) -> Timeline:
    """Steps of every status that wait for one another."""
    steps = tuple(
        PlannedStep(
            id=f"s{number}",
            title=f"Step {number}",
            kind=StepKind.EXAM,
            status=tuple(Status)[number % 5],
            start=TODAY + dt.timedelta(days=number),
            finish=TODAY + dt.timedelta(days=number + number % 30),
            latest_finish=TODAY + dt.timedelta(days=number + 40),
            is_critical=number % 7 == 0,
            needs=tuple(f"s{each}" for each in (number - 1, number - 4) if each >= 0),
        )
        for number in range(count)
    )
    return attrs.evolve(catalog_plan(), steps=steps, needs=(steps[-1].id,), deadlines=(), names=(), reasons=())


def titled(title: str) -> Timeline:
    made = catalog_plan()
    names = tuple((name, title) for name, _ in made.names)
    steps = tuple(attrs.evolve(step, title=title) for step in made.steps)
    return attrs.evolve(made, title=title, names=names, steps=steps, conflicts=(CONFLICT,))


def no_plan() -> Timeline:
    return attrs.evolve(
        catalog_plan(), steps=(), needs=(), deadlines=(), renewals=(), finish=None, reasons=(), conflicts=(CONFLICT,)
    )


CASES: dict[str, Callable[[], Timeline]] = {
    "catalog": catalog_plan,
    "40-steps": lambda: many_steps(40),
    "long-title": lambda: titled("W" * 200),
    "right-to-left": lambda: titled("مساعد طبي معتمد (AAMA)"),
    "no-plan": no_plan,
}


def show(page: Page, text: str, folder: Path, *, width: int, scheme: Literal["light", "dark"] = "light") -> None:
    file = folder / "plan.html"
    file.write_text(text, encoding="utf-8")
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(file.as_uri())


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser_page: Page,
    axe: Callable[[Page], list[dict[str, Any]]],
    tmp_path: Path,
    width: int,
    scheme: Literal["light", "dark"],
    case: Callable[[], Timeline],
) -> None:
    show(browser_page, format_page(case()), tmp_path, width=width, scheme=scheme)
    assert axe(browser_page) == []
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 480, 900, 901, 1000])
def test_no_width_in_between_needs_scrolling_to_the_side(browser_page: Page, tmp_path: Path, width: int) -> None:
    for timeline in (catalog_plan(), titled("W" * 200)):
        show(browser_page, format_page(timeline), tmp_path, width=width)
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_plan_of_200_steps_fits_a_phone_too(browser_page: Page, tmp_path: Path) -> None:
    show(browser_page, format_page(many_steps(200)), tmp_path, width=360)
    assert browser_page.locator("svg.timeline").count() == 9
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_policy_lets_our_styles_through(browser_page: Page, tmp_path: Path) -> None:
    refused: list[str] = []
    browser_page.on("console", lambda message: refused.append(message.text))
    show(browser_page, format_page(catalog_plan()), tmp_path, width=1280)
    assert refused == []
    assert browser_page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"


def test_the_policy_stops_a_script_even_if_one_got_in(browser_page: Page, tmp_path: Path) -> None:
    page = format_page(catalog_plan()).replace("</main>", "<script>document.title = 'taken over'</script></main>")
    show(browser_page, page, tmp_path, width=1280)
    assert browser_page.title() == "Certified medical assistant: plan to 1 Nov 2027"


def test_every_fold_is_reached_and_opened_by_keyboard(browser_page: Page, tmp_path: Path) -> None:
    show(browser_page, format_page(catalog_plan()), tmp_path, width=360)
    folds = browser_page.locator("details").count()
    assert folds == 11
    browser_page.keyboard.press("Tab")
    assert browser_page.evaluate("document.activeElement.className") == "skip"
    for _ in range(200):
        browser_page.keyboard.press("Tab")
        if browser_page.evaluate(
            "document.activeElement.matches('summary') && !document.activeElement.parentNode.open"
        ):
            browser_page.keyboard.press("Enter")
    assert browser_page.locator("details[open]").count() == folds
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_graph_scrolls_in_its_own_region_that_the_keyboard_reaches(browser_page: Page, tmp_path: Path) -> None:
    show(browser_page, format_page(many_steps(60)), tmp_path, width=360)
    region = browser_page.get_by_role("region", name="Graph")
    region.focus()
    assert browser_page.evaluate("document.activeElement.scrollWidth > document.activeElement.clientWidth")
    browser_page.keyboard.press("ArrowRight")
    # Scrolling is smooth, so it takes a moment; the policy of the page forbids Playwright's own way to wait for it.
    for _ in range(50):
        if browser_page.evaluate("document.activeElement.scrollLeft"):
            break
        browser_page.wait_for_timeout(100)
    assert browser_page.evaluate("document.activeElement.scrollLeft") > 0


def test_on_paper_every_fold_is_open_and_nothing_is_cut_off(browser_page: Page, tmp_path: Path) -> None:
    show(browser_page, format_page(catalog_plan()), tmp_path, width=680)
    reasons = browser_page.locator("details ol").first
    assert not reasons.is_visible()
    browser_page.emulate_media(media="print", color_scheme="dark")
    assert reasons.is_visible()
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 680
    assert browser_page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    paper = browser_page.pdf(format="A4", print_background=True)
    assert paper.startswith(b"%PDF-")
    assert len(paper) > 20_000


def test_the_picture_keeps_its_letters_at_the_same_size_on_a_phone(browser_page: Page, tmp_path: Path) -> None:
    heights = []
    for width in (360, 1280):
        show(browser_page, format_page(catalog_plan()), tmp_path, width=width)
        heights.append(browser_page.locator("svg.timeline .name").first.bounding_box())
    assert heights[0] is not None
    assert heights[1] is not None
    assert heights[0]["height"] == pytest.approx(heights[1]["height"])


def test_no_name_in_the_graph_leaves_its_box(browser_page: Page, tmp_path: Path) -> None:
    show(browser_page, format_page(catalog_plan()), tmp_path, width=1280)
    inside = """() => [...document.querySelectorAll("svg.graph g")].every(group => {
        const box = group.querySelector("rect").getBoundingClientRect();
        return [...group.querySelectorAll("text")].every(text => {
            const room = text.getBoundingClientRect();
            return room.left >= box.left && room.right <= box.right && room.top >= box.top && room.bottom <= box.bottom;
        });
    })"""
    assert browser_page.evaluate(inside)


def test_several_cards_stand_in_one_page(
    browser_page: Page, axe: Callable[[Page], list[dict[str, Any]]], tmp_path: Path
) -> None:
    cards = format_fragment(catalog_plan()) + format_fragment(titled("W" * 200)) + format_fragment(no_plan())
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Cards</title><main><h1>Cards</h1>{cards}</main>'
    )
    show(browser_page, page, tmp_path, width=800)
    assert axe(browser_page) == []
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 800
