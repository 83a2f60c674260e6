"""A page in headless Chromium that is offline and silent; axe; pictures.

These tests need what the plain test command does not install: `pip install '.[browser,html]'`, a Chromium of the
system and `npm ci` in this folder (`.ci/browser` does all three). Where any of it is missing they are not collected;
with CAREER_PATH_BROWSER=1 that is an error.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page, Route

_HERE: Final = Path(__file__).parent
_AXE: Final = _HERE / "node_modules/axe-core/axe.min.js"
_MERMAID: Final = _HERE / "node_modules/mermaid/dist/mermaid.min.js"
_CHROMIUM: Final = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_LOCAL: Final = ("file:", "data:", "blob:", "about:")
_TOOLS: Final = {
    "playwright (pip install '.[browser]')": find_spec("playwright") is not None,
    "jinja2 (pip install '.[html]')": find_spec("jinja2") is not None,
    "chromium (apt-get install chromium)": _CHROMIUM is not None,
    "mermaid and axe-core (npm ci in tests/browser)": _AXE.exists() and _MERMAID.exists(),
}
_MISSING: Final = [tool for tool, is_there in _TOOLS.items() if not is_there]

collect_ignore_glob = ["test_*.py"] if _MISSING else []

if _MISSING and os.environ.get("CAREER_PATH_BROWSER") == "1":
    raise pytest.UsageError(f"the browser tests need {'; '.join(_MISSING)}")

Violations = list[dict[str, Any]]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, for all tests of this folder; afterwards no event loop is left that would disturb other tests."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (may be missing where nothing is collected)

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield launched
        launched.close()


@contextmanager
def _quiet_page(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what it does although it should not."""
    troubles: list[str] = []

    def answer(route: Route) -> None:
        if route.request.url.startswith(_LOCAL):
            route.continue_()
        else:
            troubles.append(f"asked for {route.request.url}")
            route.abort()

    def dismiss(dialog: Dialog) -> None:
        troubles.append(f"opened a dialog: {dialog.message}")
        dialog.dismiss()

    context = browser.new_context(locale="en-US", timezone_id="UTC")
    context.route("**/*", answer)
    page = context.new_page()
    page.on("dialog", dismiss)
    page.on("pageerror", lambda error: troubles.append(f"raised {error}"))
    yield page, troubles
    context.close()


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[Page]:
    """An empty page. The test fails if it asks the network for anything, opens a dialog or leaves an error uncaught."""
    with _quiet_page(browser) as (page, troubles):
        yield page
    assert not troubles, "\n".join(troubles)


@pytest.fixture
def axe() -> Callable[[Page], Violations]:
    """What the accessibility checker axe finds wrong with a page: nothing, if all is well."""

    def violations(page: Page) -> Violations:
        # The debugger may run scripts that the content security policy of the page rightly forbids.
        session = page.context.new_cdp_session(page)
        session.send("Runtime.evaluate", {"expression": _AXE.read_text("utf-8")})
        run = {"expression": "axe.run().then(found => found.violations)", "awaitPromise": True, "returnByValue": True}
        answer = session.send("Runtime.evaluate", run)
        assert "exceptionDetails" not in answer, answer
        found: Violations = answer["result"]["value"]
        return found

    return violations


@pytest.fixture
def screenshot(browser_page: Page, tmp_path: Path) -> Callable[[str], Path]:
    """Writes what `browser_page` shows, in its whole length, into a temporary folder, and says where."""

    def taken(name: str) -> Path:
        picture = tmp_path / f"{name}.png"
        browser_page.screenshot(path=picture, full_page=True)
        return picture

    return taken


@pytest.fixture(scope="package")
def _mermaid_and_troubles(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    with _quiet_page(browser) as (page, troubles):
        page.set_content("<!doctype html><html lang=en><title>Mermaid</title><main id=drawing></main>")
        page.add_script_tag(path=_MERMAID)
        page.evaluate(_DRAWN)
        yield page, troubles


@pytest.fixture
def mermaid_page(_mermaid_and_troubles: tuple[Page, list[str]]) -> Iterator[Page]:
    """A page with Mermaid at its strictest, and `drawn(text)`, which parses, draws and tells what can be seen.

    Loading Mermaid takes longer than drawing, so all tests share the page.
    """
    page, troubles = _mermaid_and_troubles
    troubles.clear()
    yield page
    assert not troubles, "\n".join(troubles)


_DRAWN: Final = """() => {
  mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
  const texts = (svg, selector) => [...svg.querySelectorAll(selector)].map(each => {
    const copy = each.cloneNode(true);
    copy.querySelectorAll("br").forEach(br => br.replaceWith("\\n"));
    return copy.textContent;
  });
  window.drawn = async text => {
    const kind = (await mermaid.parse(text)).diagramType;
    const place = document.getElementById("drawing");
    place.innerHTML = (await mermaid.render("diagram", text)).svg;
    const svg = place.querySelector("svg");
    return {
      kind,
      nodes: texts(svg, ".node .nodeLabel"),
      edges: svg.querySelectorAll(".edgePaths path").length,
      bars: svg.querySelectorAll("rect.task").length,
      names: texts(svg, "text[class*=taskText]"),
      title: texts(svg, ".titleText, svg > title"),
      ticks: svg.querySelectorAll(".grid .tick text").length,
      active: svg.querySelectorAll("script, a, img, iframe, [onload], [onerror], [onclick]").length,
    };
  };
}"""
