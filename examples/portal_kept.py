"""The plans that a portal keeps, and the editions of their calendars."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import threading
from pathlib import Path
from typing import Final

import attrs
from portal_questions import Asked, planned
from werkzeug.exceptions import abort

from career_path import format_calendar
from career_path.files import write_text

MOST_KEPT: Final = 10_000


@attrs.frozen(kw_only=True)
class Kept:
    """What was asked, and the edition of its calendar: a number, the day it was made, and a hash of its content."""

    asked: Asked
    edition: int = -1
    revised: dt.date = dt.date.min
    content: str = ""


class Store:
    """One JSON file for each calendar, named by its token. Put a table of your database in its place."""

    def __init__(self, folder: Path) -> None:
        """The folder, made if it is not there, for nobody else to look into."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._lock = threading.RLock()

    def get(self, token: str) -> Kept | None:
        """What is kept under a token. A token is never taken for a path."""
        file = self._folder / f"{token}.json"
        if not re.fullmatch(r"[0-9a-f]{64}", token) or not file.is_file():
            return None
        table = json.loads(file.read_text("utf-8"))
        asked, revised = Asked(**table.pop("asked")), dt.date.fromisoformat(table.pop("revised"))
        return Kept(asked=asked, revised=revised, **table)

    def put(self, token: str, asked: Asked) -> None:
        """Keep what is asked now; the edition goes on from the one before."""
        with self._lock:
            before = self.get(token)
            if before is None and sum(1 for _ in self._folder.glob("*.json")) >= MOST_KEPT:
                abort(503, f"There is no room for more than {MOST_KEPT} kept plans. Plans can still be made.")
            self._write(token, attrs.evolve(before or Kept(asked=asked), asked=asked))

    def remove(self, token: str) -> None:
        """Forget it; its calendar is gone from then on."""
        with self._lock:
            (self._folder / f"{token}.json").unlink(missing_ok=True)

    def edition(self, token: str, *, content: str, today: dt.date) -> Kept:
        """What is kept, as a new edition of today if its content is not that of the last one."""
        with self._lock:
            kept = self.get(token) or abort(404)
            if kept.content != content:
                revised = max(today, kept.revised)
                kept = attrs.evolve(kept, edition=kept.edition + 1, revised=revised, content=content)
                self._write(token, kept)
            return kept

    def _write(self, token: str, kept: Kept) -> None:
        write_text(self._folder / f"{token}.json", json.dumps(attrs.asdict(kept), default=str))


def token_of(key: str) -> str:
    """The name of the calendar of a plan: who has it can read the plan, and cannot find the key, which changes it."""
    return hashlib.sha256(key.encode()).hexdigest()


def calendar_of(token: str, *, store: Store, today: dt.date) -> tuple[str, Kept]:
    """The calendar as it is today, in the same bytes as long as nothing in it changes.

    The day of the plan stands in a calendar as the stamp of every event. Were it today's, all bytes would change every
    night and every reader would think that every event had been revised. So the content is compared without it, and
    the stamp is the day of the edition. The token as id of the learner keeps the events of two people apart.
    """
    kept = store.get(token) or abort(404)
    timeline = planned(kept.asked, today=today, as_learner=token)
    undated = format_calendar(attrs.evolve(timeline, today=dt.date.min))
    kept = store.edition(token, content=hashlib.sha256(undated.encode()).hexdigest(), today=today)
    return format_calendar(attrs.evolve(timeline, today=kept.revised), revision=kept.edition), kept
