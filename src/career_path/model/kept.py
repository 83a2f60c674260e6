"""What stands for the pathway in a timeline that has none, because it tells all credentials of a person."""

from __future__ import annotations

from typing import Final

__all__ = ["KEPT"]

KEPT: Final = "held credentials"
"""No pathway has this id, because of the blank in it."""
