"""The command `career-path`, also as `python -m career_path`."""

from __future__ import annotations

import gc
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line on the arguments of this process, and exit with its code."""
    gc.disable()  # a command is over before looking for garbage could pay; it costs a twentieth of its time
    from career_path.errors import MissingExtraError  # noqa: PLC0415 (not before: it brings attrs)

    try:
        from career_path.cli import application  # noqa: PLC0415 (optional packages: their absence is told in one line)
    except MissingExtraError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    try:
        application(prog_name="career-path")
    finally:
        gc.freeze()  # nor does the last look for garbage, when the interpreter ends: a tenth of the time


if __name__ == "__main__":
    main()
