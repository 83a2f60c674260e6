"""The notebooks are kept as they are written: nothing in them depends on where and when they were run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))


def read(path: Path) -> dict[str, Any]:
    notebook = json.loads(path.read_text("utf-8"))
    assert isinstance(notebook, dict)
    return notebook


def test_the_four_stories_are_there() -> None:
    names = ["1-plan.ipynb", "2-what-if.ipynb", "3-renewals.ipynb", "4-careers.ipynb"]
    assert [path.name for path in NOTEBOOKS] == names


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_cell_keeps_an_output_a_count_or_a_setting(path: Path) -> None:
    cells = read(path)["cells"]
    assert all(cell["metadata"] == {} for cell in cells)
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert code
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_tells_nothing_of_the_machine_it_was_written_on(path: Path) -> None:
    notebook = read(path)
    assert notebook["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_cells_have_names_that_stay(path: Path) -> None:
    story = path.stem.partition("-")[2]
    names = [cell["id"] for cell in read(path)["cells"]]
    assert names == [f"{story}-{number:02}" for number in range(len(names))]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_story_begins_with_a_title_and_links_only_to_what_is_there(path: Path) -> None:
    texts = ["".join(cell["source"]) for cell in read(path)["cells"] if cell["cell_type"] == "markdown"]
    assert texts[0].startswith("# ")
    targets = [part.partition(")")[0] for text in texts for part in text.split("](")[1:]]
    assert all((EXAMPLES / target).is_file() for target in targets)
