"""Documents on disk, the catalog, and writing that never leaves half a file."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from career_path.errors import DocumentError, Fault, FileError, InvalidValueError, UnknownIdError, quoted
from career_path.formats.documents import Syntax, parse_learner, parse_pathway, parse_timeline
from career_path.formats.gate import MOST_BYTES
from career_path.model.learner import Learner
from career_path.model.pathway import Pathway
from career_path.model.text import is_id
from career_path.model.timeline import Timeline

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["catalog_ids", "check_target", "load_catalog", "load_learner", "load_pathway", "load_timeline", "write_text"]

AnyPath = str | os.PathLike[str]

_SYNTAXES: Final[dict[str, Syntax]] = {".toml": "toml", ".json": "json"}
_MOST_LEFTOVERS: Final = 100
_CATALOG: Final = Path(__file__).parent / "catalog"  # importlib.resources costs more time than planning


def load_pathway(path: AnyPath) -> Pathway:
    """The pathway in a TOML or JSON file; the suffix tells which, else its first character.

    >>> from tempfile import TemporaryDirectory
    >>> text = '{"schema": "career-path/pathway/1", "id": "tiny", "goal": "job", "steps": {"job": {}}}'
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "tiny.json")
    ...     _ = file.write_text(text, encoding="utf-8")
    ...     load_pathway(file).goal
    'job'

    Raises:
        FileError: the file cannot be read, or is larger than any document may be.
        DocumentError: everything that is wrong with it, under the name of the file.
    """
    text, name, syntax = _read(path)
    return parse_pathway(text, syntax=syntax, name=name)


def load_learner(path: AnyPath) -> Learner:
    """The learner in a TOML or JSON file.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "ana.toml")
    ...     _ = file.write_text("schema = 'career-path/learner/1'", encoding="utf-8")
    ...     load_learner(file).weekly_hours is None
    True

    Raises:
        FileError: the file cannot be read, or is larger than any document may be.
        DocumentError: everything that is wrong with it, under the name of the file.
    """
    text, name, syntax = _read(path)
    return parse_learner(text, syntax=syntax, name=name)


def load_timeline(path: AnyPath) -> Timeline:
    """The timeline in a JSON file.

    >>> load_timeline("no-such-plan.json")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    career_path.errors.FileError: no-such-plan.json: ...

    Raises:
        FileError: the file cannot be read, or is larger than any document may be.
        DocumentError: everything that is wrong with it, under the name of the file.
    """
    text, name, syntax = _read(path)
    return parse_timeline(text, syntax=syntax, name=name)


def catalog_ids(*, folder: AnyPath | None = None, package: str | None = None) -> tuple[str, ...]:
    """The ids of the pathways that come with this library, or of those in a folder or a package, sorted.

    In a folder or package each file of a name `ID.toml` or `ID.json` is one; others, links and folders are left alone.

    >>> "medical-assistant" in catalog_ids()
    True
    >>> catalog_ids(package="career_path.catalog") == catalog_ids()
    True

    Raises:
        FileError: there is no such folder or package, or two files in it have one id.
        InvalidValueError: both a folder and a package.
    """
    return tuple(sorted(_catalog(folder, package)))


def load_catalog(pathway_id: str, *, folder: AnyPath | None = None, package: str | None = None) -> Pathway:
    """The pathway of that id from the catalog, or from a folder or a package. An id is never taken for a path.

    >>> load_catalog("medical-assistant").credential("cma-aama").name
    'CMA (AAMA)'

    Raises:
        UnknownIdError: there is none of that id.
        DocumentError: everything that is wrong with it, also where it has another id than its file.
        FileError: there is no such folder or package, or the file cannot be read.
        InvalidValueError: both a folder and a package.
    """
    known = _catalog(folder, package)
    if pathway_id not in known:
        raise UnknownIdError("pathway in the catalog", pathway_id, tuple(sorted(known)))
    entry = known[pathway_id]
    pathway = parse_pathway(entry.read(), syntax=entry.syntax, name=entry.name)
    if pathway.id != pathway_id:
        fault = Fault("other-id", "id", f"'{pathway.id}'", f"'{pathway_id}', by which its file is found")
        raise DocumentError((fault,), entry.name)
    return pathway


class _Entry(NamedTuple):
    """A file of a catalog."""

    name: str
    syntax: Syntax
    read: Callable[[], bytes]


def _catalog(folder: AnyPath | None, package: str | None) -> dict[str, _Entry]:
    """The files of a catalog by the ids they stand for."""
    if folder is not None and package is not None:
        raise InvalidValueError("fixed-twice", "package", "a folder and a package", "one of them")
    if package is not None:
        return _by_id(package, _in_package(package))
    if folder is None:
        return _by_id("catalog", _in_folder(_CATALOG, ""))
    return _by_id(os.fspath(folder), _in_folder(Path(folder), os.fspath(folder)))


def _by_id(where: str, files: Iterable[tuple[str, str, Callable[[], bytes]]]) -> dict[str, _Entry]:
    found: dict[str, _Entry] = {}
    for file, name, read in files:
        stem, _, suffix = file.rpartition(".")
        if f".{suffix}" in _SYNTAXES and is_id(stem):
            if stem in found:
                raise FileError(where, f"has two files for '{stem}'")
            found[stem] = _Entry(name, _SYNTAXES[f".{suffix}"], read)
    return found


def _in_folder(folder: Path, shown: str) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """The plain files of a folder: how each is called there and in messages, and its bytes."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(each.name for each in entries if each.is_file(follow_symlinks=False))
    except (OSError, ValueError) as error:
        raise FileError(shown, _why(error)) from None
    for name in names:
        yield name, os.path.join(shown, name), partial(_bytes_of, folder / name)  # noqa: PTH118 (as it was given)


def _bytes_of(path: Path) -> bytes:
    return _read(path)[0]


def _in_package(package: str) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """The resources of a package; a module without any is none, though later Pythons give it those beside it."""
    from importlib import import_module  # noqa: PLC0415 (few need it)
    from importlib.resources import files  # noqa: PLC0415 (costs more time than planning)

    try:
        module = import_module(package)
        resources = files(module).iterdir() if hasattr(module, "__path__") else ()
        found = [each for each in resources if each.is_file()]
    except (ImportError, TypeError, ValueError, OSError):
        found = []
    if not found:
        raise FileError(quoted(package), "no package with resources has this name")
    for each in sorted(found, key=lambda resource: resource.name):
        name = f"{package}/{each.name}"
        yield each.name, name, partial(_resource_bytes, each, name)


def _resource_bytes(resource: Traversable, name: str) -> bytes:
    with resource.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FileError(name, f"larger than {MOST_BYTES:,} bytes")
    return data


def check_target(path: AnyPath) -> None:
    """Nothing, if a file of that name may be written: its folder is there, and nothing but a plain file bears the name.

    Raises:
        FileError: there is no such folder; the name is that of a folder, a device, a symbolic link or a file that may
            not be written.
    """
    target = Path(path)
    try:
        _check_folder(target.parent)
        _mode_of(target)
    except (OSError, ValueError) as error:
        raise FileError(os.fspath(path), _why(error)) from None


def write_text(path: AnyPath, text: str) -> None:
    """Nothing; the file then holds the text in UTF-8, line breaks as given.

    The text goes to a new file beside the old one, which then takes its name: whatever happens, the name leads to the
    whole old text or to the whole new one. Mode bits stay. A symbolic link is neither replaced nor followed.

    Raises:
        FileError: the folder, the disk or the text does not allow it; the old file is as it was.
    """
    target = Path(path)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise FileError(os.fspath(path), f"half a character at {error.start}, which UTF-8 cannot write") from None
    try:
        _replace(target, data)
    except (OSError, ValueError) as error:
        raise FileError(os.fspath(path), _why(error)) from None


def _read(path: AnyPath) -> tuple[bytes, str, Syntax | None]:
    name = os.fspath(path)
    try:
        with Path(path).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise FileError(name, _why(error)) from None
    if len(data) > MOST_BYTES:
        raise FileError(name, f"larger than {MOST_BYTES:,} bytes")
    return data, name, _SYNTAXES.get(Path(path).suffix.lower())


def _why(error: OSError | ValueError) -> str:
    """What went wrong, in the system's words; Python has others in each version for names that no system takes."""
    if isinstance(error, ValueError):
        return "no file can have this name"
    told = error.strerror
    return told[:1].lower() + told[1:] if told else str(error) or type(error).__name__


def _replace(target: Path, data: bytes) -> None:
    _check_folder(target.parent)
    mode = _mode_of(target)
    part, file = _new_file(target.parent)
    try:
        with file:
            file.write(data)
            file.flush()
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _check_folder(folder: Path) -> None:
    try:
        is_there = stat.S_ISDIR(folder.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        is_there = False
    if not is_there:
        raise FileNotFoundError(0, f"no folder {folder}")


def _mode_of(target: Path) -> int | None:
    """The mode bits of the file to be replaced, or None for a new one; what is no plain file is refused."""
    try:
        status = target.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(status.st_mode):
        raise OSError(0, "is a symbolic link")
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(0, "is a directory")
    if not stat.S_ISREG(status.st_mode):
        raise OSError(0, "is not a plain file")
    if not os.access(target, os.W_OK):
        # A new file in its place needs no permission of the old one, whose owner said that it shall stay.
        raise PermissionError(0, "may not be written")
    return stat.S_IMODE(status.st_mode)


def _new_file(folder: Path) -> tuple[Path, IO[bytes]]:
    """A file of a free name, made anew: `x` never follows a link and never takes a file that is there."""
    for number in count():
        part = folder / f".career-path-{number}.part"
        try:
            return part, part.open("xb")
        except FileExistsError:
            if number >= _MOST_LEFTOVERS:
                raise
    raise AssertionError  # pragma: no cover


def _sync_folder(folder: Path) -> None:
    """The new name, too, outlives a power cut; only some systems let a folder be opened for that."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
