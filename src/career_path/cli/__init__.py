"""The terminal: `career-path list`, `show`, `check`, `plan`, `why` and `remind`.

Exit codes: 0 done, 1 the plan has conflicts or there is none, 2 bad input or an output that cannot be written,
130 interrupted. Results go to standard output, errors to standard error, one a line.
"""

from __future__ import annotations

from career_path.errors import MissingExtraError

try:
    import click as click
except ModuleNotFoundError:
    raise MissingExtraError("the command line", "cli") from None

from career_path.cli.commands import application

__all__ = ["application"]
