"""The published limits are those of the code, and the tests that the page names are there."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
LIMITS = re.findall(r"(?m)^\| [^|]+ \| ([0-9,]+) \| `(career_path\.[a-z_.]+)\.([A-Z_]+)` \|$", PAGE)
NAMED = sorted(set(re.findall(r"`((?:unit|hostile|outside|laws)/[a-z_/0-9]+\.py)`", PAGE)))


def test_the_page_was_understood() -> None:
    table = PAGE.partition("## Limits")[2].partition("\n## ")[0]
    assert len(LIMITS) == sum(line.startswith("| ") for line in table.splitlines()) - 2
    assert len(LIMITS) > 15
    assert len(NAMED) > 8


@pytest.mark.parametrize(("number", "module", "constant"), LIMITS, ids=[f"{m}.{c}" for _, m, c in LIMITS])
def test_a_published_limit_is_that_of_the_code(number: str, module: str, constant: str) -> None:
    assert int(number.replace(",", "")) == getattr(import_module(module), constant)


@pytest.mark.parametrize("layer", ["days", "model", "formats"])
def test_every_limit_on_input_is_published(layer: str) -> None:
    published = {(module, constant) for _, module, constant in LIMITS}
    package = import_module(f"career_path.{layer}")
    found = {
        (f"career_path.{layer}.{file.stem}", name)
        for folder in package.__path__
        for file in Path(folder).glob("*.py")
        for name in re.findall(r"(?m)^((?:MOST|LONGEST|LARGEST|DEEPEST)[A-Z_]*)\b", file.read_text(encoding="utf-8"))
    }
    assert found
    assert found <= published


@pytest.mark.parametrize("name", NAMED)
def test_a_test_that_the_page_names_is_there(name: str) -> None:
    assert (ROOT / "tests" / name).is_file()
