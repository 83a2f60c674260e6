"""Catalogs of one's own: a folder or a package, found by name, with the checks of every document."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from career_path import DocumentError, FileError, InvalidValueError, UnknownIdError, catalog_ids, load_catalog
from career_path.cli import application
from career_path.formats.gate import MOST_BYTES


def document(name: str, title: str = "") -> str:
    return f'schema = "career-path/pathway/1"\nid = "{name}"\ntitle = "{title}"\ngoal = "job"\nsteps.job = {{}}\n'


JSON = '{"schema": "career-path/pathway/1", "id": "clerk", "goal": "job", "steps": {"job": {}}}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    own = tmp_path / "own"
    own.mkdir()
    (own / "nurse.toml").write_text(document("nurse", "Nurse"), encoding="utf-8")
    (own / "clerk.json").write_text(JSON, encoding="utf-8")
    return own


def test_a_folder_has_the_files_that_are_named_by_an_id(folder: Path) -> None:
    for name in ("README.md", "Nurse.toml", ".toml", "nurse", "a b.toml", "x.TOML", "draft.toml~"):
        (folder / name).write_text("no pathway", encoding="utf-8")
    (folder / "sub.toml").mkdir()
    (folder / "link.toml").symlink_to(folder / "nurse.toml")
    assert catalog_ids(folder=folder) == ("clerk", "nurse")
    assert load_catalog("nurse", folder=folder).title == "Nurse"
    assert load_catalog("clerk", folder=str(folder)).id == "clerk"


@pytest.mark.parametrize("name", ["medical-assistant", "../own/nurse", "nurse.toml", "", "link", "a\0b", "/etc/passwd"])
def test_nothing_else_is_found_in_it(folder: Path, name: str) -> None:
    (folder / "link.toml").symlink_to(folder / "nurse.toml")
    with pytest.raises(UnknownIdError, match="there is no pathway in the catalog"):
        load_catalog(name, folder=folder)


def test_a_near_miss_in_it_is_told(folder: Path) -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'nurse'"):
        load_catalog("nurs", folder=folder)


def test_the_same_checks_hold_and_name_the_file(folder: Path) -> None:
    (folder / "bad.toml").write_text(document("bad").replace('"job"', '"jbo"'), encoding="utf-8")
    with pytest.raises(DocumentError, match="goal: unknown-id") as caught:
        load_catalog("bad", folder=folder)
    assert caught.value.name == str(folder / "bad.toml")


def test_a_pathway_of_another_id_than_its_file_is_refused(folder: Path) -> None:
    (folder / "other.toml").write_text(document("nurse"), encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_catalog("other", folder=folder)
    assert str(caught.value).endswith("id: other-id: found 'nurse'; expected 'other', by which its file is found")


def test_two_files_for_one_id_are_refused(folder: Path) -> None:
    (folder / "nurse.json").write_text(JSON.replace("clerk", "nurse"), encoding="utf-8")
    with pytest.raises(FileError, match="has two files for 'nurse'"):
        catalog_ids(folder=folder)


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name, why in ((tmp_path / "none", "no such file"), (tmp_path / "file", "not a directory"), ("a\0b", "no file")):
        with pytest.raises(FileError, match=why):
            catalog_ids(folder=name)


def test_a_file_that_is_too_large_is_refused(folder: Path) -> None:
    (folder / "large.toml").write_bytes(b"#" * (MOST_BYTES + 1))
    with pytest.raises(FileError, match="larger than 10,000,000 bytes"):
        load_catalog("large", folder=folder)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    home = tmp_path / "own_pathways"
    home.mkdir()
    (home / "__init__.py").touch()
    (home / "nurse.toml").write_text(document("nurse", "Nurse"), encoding="utf-8")
    (home / "large.toml").write_bytes(b"#" * (MOST_BYTES + 1))
    monkeypatch.syspath_prepend(str(tmp_path))
    yield "own_pathways"
    sys.modules.pop("own_pathways", None)


def test_a_package_has_its_resources(package: str) -> None:
    assert catalog_ids(package=package) == ("large", "nurse")
    assert load_catalog("nurse", package=package).title == "Nurse"
    with pytest.raises(UnknownIdError):
        load_catalog("medical-assistant", package=package)
    with pytest.raises(FileError, match=r"own_pathways/large\.toml: larger than"):
        load_catalog("large", package=package)


@pytest.mark.parametrize("name", ["no_such_package", "", "..", "a/b", "a\0b", "os", "sys"])
def test_a_package_that_is_none_is_told(name: str) -> None:
    with pytest.raises(FileError, match="no package with resources has this name"):
        catalog_ids(package=name)


def test_a_catalog_is_in_one_place(folder: Path) -> None:
    with pytest.raises(InvalidValueError, match="a folder and a package"):
        load_catalog("nurse", folder=folder, package="career_path.catalog")


# At the terminal


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(application, ["--catalog", str(folder), *arguments])


def listed(result: Result) -> dict[str, str]:
    """The titles by their ids."""
    lines = (line.partition(" ") for line in result.stdout.splitlines())
    return {name: title.strip() for name, _, title in lines}


def test_the_folder_is_listed_with_the_library(folder: Path) -> None:
    assert {*listed(run(folder, "list"))} == {*catalog_ids(), "clerk", "nurse"}
    assert {*listed(CliRunner().invoke(application, ["list"]))} == {*catalog_ids()}


@pytest.fixture
def faulty(folder: Path) -> Path:
    """With a file whose goal is not there, one that is no JSON, and one too large beside the two that are sound."""
    (folder / "bad.toml").write_text(document("bad").replace('"job"', '"jbo"'), encoding="utf-8")
    (folder / "medical-assistant.json").write_text("no JSON", encoding="utf-8")
    (folder / "large.toml").write_bytes(b"#" * (MOST_BYTES + 1))
    return folder


def faults_told(result: Result, folder: Path) -> list[str]:
    """The file and the first part of what is wrong in each line."""
    return [line.removeprefix(f"{folder}/").split(": found")[0] for line in result.stderr.splitlines()]


FAULTS = [
    "bad.toml: goal: unknown-id",
    "large.toml: larger than 10,000,000 bytes",
    "medical-assistant.json: line 1, column 1: syntax",
]


def test_the_sound_pathways_are_listed_beside_faulty_ones_which_are_told_below(faulty: Path) -> None:
    result = run(faulty, "list")
    assert {*listed(result)} == {*catalog_ids(), "clerk", "nurse"} - {"medical-assistant"}
    assert (result.exit_code, faults_told(result, faulty)) == (2, FAULTS)


def test_the_facts_of_the_sound_pathways_are_told_beside_faulty_ones(faulty: Path) -> None:
    result = run(faulty, "facts", "--today", "2027-01-04")
    # The clerk and the nurse are there, and the medical assistant of the library is hidden by the faulty one.
    assert result.stdout.splitlines()[-1].startswith(f"All {len(catalog_ids()) + 1} pathways: ")
    assert result.stdout.startswith("clerk: 0 facts\n\nNurse: 0 facts\n\n")
    assert (result.exit_code, faults_told(result, faulty)) == (2, FAULTS)
    table = json.loads(run(faulty, "facts", "--format", "json", "--today", "2027-01-04").stdout)
    assert {each["pathway"] for each in table["pathways"]} == {*catalog_ids(), "clerk", "nurse"} - {"medical-assistant"}


def test_a_faulty_pathway_that_was_named_is_refused_alone(faulty: Path) -> None:
    result = run(faulty, "facts", "nurse", "bad")
    assert (result.exit_code, result.stdout, faults_told(result, faulty)) == (2, "", FAULTS[:1])


def test_commands_find_pathways_in_it(folder: Path) -> None:
    for command in ("show", "plan", "check", "facts", "compare", "routes", "why"):
        result = run(folder, command, "nurse")
        assert result.exit_code == 0, (command, result.output)
    assert run(folder, "show", "nurse").stdout.startswith("Nurse (nurse)")
    assert run(folder, "show", "medical-assistant").exit_code == 0


def test_one_of_the_folder_goes_before_one_of_the_library(folder: Path) -> None:
    (folder / "medical-assistant.toml").write_text(document("medical-assistant", "Mine"), encoding="utf-8")
    assert run(folder, "show", "medical-assistant").stdout.startswith("Mine")
    assert listed(run(folder, "list"))["medical-assistant"] == "Mine"


def test_what_is_in_neither_is_told_with_the_nearest_of_both(folder: Path) -> None:
    result = run(folder, "plan", "nurs")
    assert (result.exit_code, "did you mean 'nurse'" in result.stderr) == (2, True)
    result = run(folder / "none", "list")
    assert (result.exit_code, "no such file" in result.stderr) == (2, True)


def test_credentials_are_found_in_it(folder: Path) -> None:
    card = '[credentials.my-card]\nvalid = { span = "P2Y" }\n'
    (folder / "nurse.toml").write_text(document("nurse") + card, encoding="utf-8")
    result = run(folder, "renewals", "my-card", "--granted", "2027-01-04", "--today", "2027-01-04")
    assert result.exit_code == 0, result.stderr
    assert "2029-01-03" in result.stdout
