"""The gate against suites that others wrote for parsers of JSON and TOML.

JSONTestSuite: nst/JSONTestSuite, test_parsing, commit 1ef36fa (MIT). toml-test: toml-lang/toml-test, tests, commit
d168c2a (MIT). The files are not part of this repository: they are looked for in the folder that the variable
CAREER_PATH_OUTSIDE names, else in `shared/outside` beside the checkout.
"""

from __future__ import annotations

import json
import os
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from career_path.errors import DocumentError
from career_path.formats.documents import parse_learner, parse_pathway, parse_timeline
from career_path.formats.gate import read_json, read_toml

FOLDER = (
    Path(os.environ.get("CAREER_PATH_OUTSIDE", Path(__file__).resolve().parents[3] / "shared" / "outside")) / "parsers"
)

# Valid JSON that this library refuses on purpose: keys told twice or with control characters,
# numbers of more digits than anyone means.
STRICTER = {
    "y_object_duplicated_key.json",
    "y_object_duplicated_key_and_value.json",
    "y_number_double_close_to_zero.json",
    "y_number.json",
    "y_number_real_capital_e.json",
    "y_number_real_exponent.json",
    "y_number_real_fraction_exponent.json",
    "y_object_extreme_numbers.json",
    "y_object_escaped_null_in_key.json",
}
# Since TOML 1.1 seconds may be left out; Python reads 1.0, which refuses them.
ONLY_IN_TOML_1_1 = {"no-seconds.toml"}


def members(archive: str) -> dict[str, bytes]:
    """The files of an archive by name; skips the test where it is not at hand."""
    path = FOLDER / archive
    if not path.is_file():
        pytest.skip(f"{archive} is not at hand; name its folder in CAREER_PATH_OUTSIDE")
    with tarfile.open(path) as tar:
        files = [(member, tar.extractfile(member)) for member in tar.getmembers() if member.isfile()]
        return {member.name: file.read() for member, file in files if file is not None}


def is_taken(read: Callable[[bytes], object], data: bytes) -> bool:
    try:
        read(data)
    except DocumentError as error:
        return not error.faults
    return True


def test_json_that_must_be_refused_is_refused() -> None:
    files = {
        name: data
        for name, data in members("JSONTestSuite_test_parsing.tar.gz").items()
        if Path(name).name.startswith("n_")
    }
    assert len(files) > 180
    assert [name for name, data in files.items() if is_taken(read_json, data)] == []


def test_json_that_must_be_accepted_is_accepted_unless_it_misleads() -> None:
    files = {Path(name).name: data for name, data in members("JSONTestSuite_test_parsing.tar.gz").items()}
    valid = {name: data for name, data in files.items() if name.startswith("y_")}
    assert len(valid) > 90
    assert {name for name, data in valid.items() if not is_taken(read_json, data)} == STRICTER


@pytest.mark.parametrize("parse", [parse_pathway, parse_learner, parse_timeline])
@pytest.mark.parametrize("archive", ["JSONTestSuite_test_parsing.tar.gz", "toml_test_subset.tar.gz"])
def test_nothing_of_the_suites_brings_a_document_or_another_error(
    archive: str, parse: Callable[[bytes], object]
) -> None:
    for data in members(archive).values():
        assert not is_taken(parse, data)


def test_json_of_the_suite_inside_a_document_brings_no_other_error() -> None:
    before = b'{"schema": "career-path/pathway/1", "id": "p", "goal": "job", "steps": {"job": {"title": '
    titles = [
        parse_pathway(before + data + b"}}}").step("job").title
        for name, data in members("JSONTestSuite_test_parsing.tar.gz").items()
        if is_taken(parse_pathway, before + data + b"}}}")
    ]
    # `null` leaves the title out; every other value of the suite but text is no title.
    assert "" in titles
    assert "asd" in titles
    assert len(titles) < 20


def test_toml_that_must_be_refused_is_refused() -> None:
    files = members("toml_test_subset.tar.gz")
    invalid = {name: data for name, data in files.items() if "/invalid/" in name and name.endswith(".toml")}
    assert len(invalid) > 200
    taken = {Path(name).name for name, data in invalid.items() if is_taken(read_toml, data)}
    assert taken == set()


def test_toml_that_must_be_accepted_is_accepted_unless_it_holds_a_time() -> None:
    files = members("toml_test_subset.tar.gz")
    valid = {name: data for name, data in files.items() if "/valid/" in name and name.endswith(".toml")}
    assert valid
    for name, data in valid.items():
        answer = json.dumps(json.loads(files[name.removesuffix(".toml") + ".json"]))
        has_time = '"time-local"' in answer
        assert is_taken(read_toml, data) is not has_time or Path(name).name in ONLY_IN_TOML_1_1, name
