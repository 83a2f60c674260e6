"""What has to be reached, and the only place that says so: our time beside a peer's in the same run."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["LIMITS", "WORK", "Limit"]


class Limit(NamedTuple):
    """How we have to stand beside a peer; `part` and `size` are all parts and sizes where they are left out."""

    row: str
    peer: str
    at_most: float | None = None
    """Our time over the peer's."""
    at_least: float | None = None
    """The peer's time over ours: how many times faster we are."""
    part: str | None = None
    size: str | None = None

    def covers(self, *, row: str, part: str, size: str, peer: str) -> bool:
        """Whether this limit is about that measurement."""
        return (
            (self.row, self.peer) == (row, peer)
            and self.part in (None, part)
            and (self.size is None or self.size == size)
        )


WORK: Final = {
    "P1": "import the library",
    "P2": "a whole process: read 12 steps, plan them, write the calendar",
    "P3": "earliest and latest dates with slack, layered graph",
    "P4": "one date and months",
    "P6": "choose among N two-way alternatives",
    "P7": "write a calendar, two alarms an event",
}

LIMITS: Final = (
    Limit("P1", "attrs + relativedelta", at_most=1.5, part="import career_path"),
    Limit("P2", "peer script", at_most=0.6),
    Limit("P3", "networkx loop", at_least=8, part="repeated"),
    Limit("P3", "rustworkx loop", at_most=1, part="one-off"),
    Limit("P4", "dateutil", at_least=8, part="one by one"),
    Limit("P4", "dateutil", at_least=500, part="in bulk"),
    Limit("P6", "exact elimination", at_most=2, part="local", size="N=40"),
    Limit("P6", "HiGHS", at_most=2, part="tangled", size="N=40"),
    Limit("P6", "HiGHS", at_most=1, part="tangled", size="N=20"),
    Limit("P6", "CP-SAT", at_most=1, part="tangled", size="N=20"),
    Limit("P7", "icalendar", at_least=30),
)
