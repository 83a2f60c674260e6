"""The pathway that a name on the command line stands for: a file, or an id of the catalog."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

from career_path import files
from career_path.errors import CareerPathError, DocumentError, Fault, FileError, UnknownIdError
from career_path.model.pathway import Pathway

__all__ = ["WholeCatalog", "catalog_ids", "from_catalog", "is_file", "kind_instead", "read_pathway", "whole_catalog"]

_KINDS = ("pathway", "learner", "timeline")
_GIVE = {"learner": "; give it with --learner", "timeline": ""}


def read_pathway(name: str) -> Pathway:
    """The pathway of a file, or of the catalog where the name is that of no file and has no suffix.

    Raises:
        DocumentError: everything that is wrong with it; of a document of another kind, this alone.
        FileError: it cannot be read.
        UnknownIdError: the catalog has none of that id.
    """
    if not is_file(name):
        return from_catalog(name)
    try:
        return files.load_pathway(Path(name))
    except DocumentError as error:
        kind = kind_instead(error)
        if kind is None:
            raise
        expected = f"a pathway; this is a {kind}{_GIVE[kind]}"
        fault = Fault("other-kind", "schema", f"'career-path/{kind}/1'", expected)
        raise DocumentError((fault,), error.name) from None


def catalog_ids() -> tuple[str, ...]:
    """The ids of the pathways in the folder of `--catalog`, where one was given, and of those of the library.

    Raises:
        FileError: there is no such folder, or two files in it have one id.
    """
    folder = _folder()
    own = () if folder is None else files.catalog_ids(folder=folder)
    return tuple(sorted({*own, *files.catalog_ids()}))


def from_catalog(pathway_id: str) -> Pathway:
    """The pathway of that id: that of the folder, which goes before one of the library with the same id.

    Raises:
        DocumentError: everything that is wrong with it.
        FileError: there is no such folder, or it cannot be read.
        UnknownIdError: there is none of that id.
    """
    folder = _folder()
    if folder is None:
        return files.load_catalog(pathway_id)
    if pathway_id in files.catalog_ids(folder=folder):
        return files.load_catalog(pathway_id, folder=folder)
    if pathway_id in files.catalog_ids():
        return files.load_catalog(pathway_id)
    raise UnknownIdError("pathway in the catalog", pathway_id, catalog_ids())


class WholeCatalog(NamedTuple):
    """The sound pathways of the catalog by the ids that they are found by, and what is wrong with the others."""

    pathways: tuple[tuple[str, Pathway], ...]
    errors: tuple[CareerPathError, ...]


def whole_catalog() -> WholeCatalog:
    """All that `catalog_ids` names, both parts by id: one bad file does not hide the rest.

    Raises:
        FileError: there is no such folder, or two files in it have one id.
    """
    sound: list[tuple[str, Pathway]] = []
    errors: list[CareerPathError] = []
    for name in catalog_ids():
        try:
            sound.append((name, from_catalog(name)))
        except (DocumentError, FileError) as error:
            errors.append(error)
    return WholeCatalog(tuple(sound), tuple(errors))


def _folder() -> str | None:
    """The folder that was given before the name of the command."""
    context = click.get_current_context(silent=True)
    folder = None if context is None else context.find_root().params.get("catalog")
    return folder if isinstance(folder, str) else None


def is_file(name: str) -> bool:
    """Whether a name stands for a file: it has a suffix or a folder in it, or there is a file of that name."""
    path = Path(name)
    if path.suffix or "/" in name or path.name != name:
        return True
    try:
        return path.is_file()
    except (OSError, ValueError):  # too long for a name, or with a zero byte in it
        return False


def kind_instead(error: DocumentError) -> str | None:
    """The other kind of document that its schema names, if that is what is wrong with it."""
    told = [fault.found for fault in error.faults if fault.path == "schema"]
    return next((kind for kind in _KINDS[1:] for found in told if found == f"'career-path/{kind}/1'"), None)
