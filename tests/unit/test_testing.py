"""The testing package: its names, what it needs, and that every example of the project is run as a test."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from career_path import testing

ROOT = Path(__file__).parents[2]

WITHOUT_HYPOTHESIS = """
import sys
sys.modules["hypothesis"] = None  # as if it were not installed
from career_path import MissingExtraError
import career_path.testing as testing
for name in testing.__all__:
    try:
        getattr(testing, name)
    except MissingExtraError as error:
        print(name, error)
    else:
        print(name)
try:
    from career_path.testing import cases
except ImportError as error:
    print("import:", error)
try:
    testing.case
except AttributeError as error:
    print(error)
"""


def test_without_hypothesis_the_extra_is_named_and_the_assertions_are_there() -> None:
    command = [sys.executable, "-c", WITHOUT_HYPOTHESIS]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    needs = "career_path.testing.{0} needs the extra 'testing': pip install 'career-path[testing]'"

    for name in testing.__all__:
        assert (name if name.startswith("assert_") else f"{name} {needs.format(name)}") in told
    assert told[-2] == f"import: {needs.format('cases')}"
    assert told[-1] == "module 'career_path.testing' has no attribute 'case'"


def test_another_missing_module_is_not_taken_for_hypothesis() -> None:
    broken = "import sys; sys.modules['career_path.testing.days'] = None; import career_path.testing"
    done = subprocess.run([sys.executable, "-c", broken], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("ModuleNotFoundError: import of career_path.testing.days halted")


def test_the_extra_that_is_named_is_one_of_the_package() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]

    assert any(package.startswith("hypothesis") for package in extras["testing"])


def test_everything_public_has_a_strategy_in_the_package() -> None:
    assert sorted(testing.__all__) == testing.__all__
    assert all(callable(getattr(testing, name)) for name in testing.__all__)


def docstring_examples() -> Iterator[tuple[str, str]]:
    """Every example line of a docstring, with its file."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
                found = re.findall(r"^\s*>>> ", ast.get_docstring(node) or "", re.MULTILINE)
                yield from ((path.name, example) for example in found)


def page_blocks() -> Iterator[tuple[str, str]]:
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        blocks = re.findall(r"^```python\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        yield from ((path.name, block) for block in blocks)


def collected(*paths: str) -> int:
    """How many tests pytest finds there."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *paths]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sum("::" in line for line in listing.splitlines())


def test_every_example_of_a_docstring_is_collected_as_a_test() -> None:
    written = len(list(docstring_examples()))

    assert written > 40
    assert collected("src") == written


def test_the_blocks_of_the_pages_are_collected_as_tests() -> None:
    blocks = list(page_blocks())

    assert {"README.md", "day-rules.md"} <= {page for page, _ in blocks}
    assert collected("README.md", "docs") >= len(blocks)
