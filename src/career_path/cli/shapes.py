"""The formats that each command can show its answer in; apart from the commands, which load only what they need."""

from __future__ import annotations

from typing import Final, Literal, get_args

__all__ = ["AGENDA_FORMATS", "DIFF_FORMATS", "ROUTES_FORMATS", "AgendaFormat", "DiffFormat", "RoutesFormat"]

AgendaFormat = Literal["table", "json", "ics", "markdown"]
AGENDA_FORMATS: Final[tuple[AgendaFormat, ...]] = get_args(AgendaFormat)
RoutesFormat = Literal["table", "json", "markdown"]
ROUTES_FORMATS: Final[tuple[RoutesFormat, ...]] = get_args(RoutesFormat)
DiffFormat = Literal["table", "json"]
DIFF_FORMATS: Final[tuple[DiffFormat, ...]] = get_args(DiffFormat)
