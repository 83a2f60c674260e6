"""The one door to tomli-w, which writes TOML; reading needs nothing but Python."""

from __future__ import annotations

from collections.abc import Mapping

from career_path.errors import MissingExtraError

try:
    import tomli_w
except ImportError as _error:
    raise MissingExtraError("writing TOML", "toml") from _error

__all__ = ["toml_text"]


def toml_text(table: Mapping[str, object]) -> str:
    """A table as TOML.

    >>> print(toml_text({"id": "a", "steps": {"exam": {"cost": "5"}}}), end="")
    id = "a"
    <BLANKLINE>
    [steps.exam]
    cost = "5"
    """
    return tomli_w.dumps(table)
