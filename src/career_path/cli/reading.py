"""The pathway that a name on the command line stands for: a file, or an id of the catalog."""

from __future__ import annotations

from pathlib import Path

from career_path import files
from career_path.errors import DocumentError, Fault
from career_path.model.pathway import Pathway

__all__ = ["is_file", "kind_instead", "read_pathway"]

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
        return files.load_catalog(name)
    try:
        return files.load_pathway(Path(name))
    except DocumentError as error:
        kind = kind_instead(error)
        if kind is None:
            raise
        expected = f"a pathway; this is a {kind}{_GIVE[kind]}"
        fault = Fault("other-kind", "schema", f"'career-path/{kind}/1'", expected)
        raise DocumentError((fault,), error.name) from None


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
