"""The portal, really served on this machine and asked by an HTTP client."""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from html.parser import HTMLParser
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlencode, urlsplit

import attrs
import icalendar
import pytest
from werkzeug.serving import make_server

from career_path.formats.icalendar_lint import lint_calendar

EXAMPLES = Path(__file__).parents[2] / "examples"
PATHWAY = "medical-assistant"
ANSWERS = {"pathway": PATHWAY, "start": "2027-01-11", "weekly_hours": "20", "wish.cma-aama": "choose"}
LEARNER = {"schema": "career-path/learner/1", "start": "2027-01-11", "weekly_hours": 20, "choose": ["cma-aama"]}
FINISH = "2027-11-01"  # as the README has it
JSON = {"Content-Type": "application/json"}


@attrs.frozen
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def table(self) -> dict[str, Any]:
        table: dict[str, Any] = json.loads(self.body)
        return table

    @property
    def page(self) -> Page:
        assert self.headers["Content-Type"] == "text/html; charset=utf-8"
        return Page(self.text)


class Page(HTMLParser):
    """What a page has: elements and their texts by id, form fields by name, links, labels and tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.by_id: dict[str, dict[str, str | None]] = {}
        self.fields: dict[str, list[str]] = {}
        self.links: list[str] = []
        self.labels: list[str] = []
        self.texts: dict[str, str] = {}
        self.tags: list[str] = []
        self._open: list[tuple[str, str | None]] = []
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append(tag)
        self._open.append((tag, named.get("id")))
        if named.get("id"):
            assert named["id"] not in self.by_id, f"the id {named['id']} is there twice"
            self.by_id[named["id"] or ""] = named
        if tag == "a":
            self.links.append(named.get("href") or "")
        if tag == "label":
            self.labels.append(named.get("for") or "")
        if tag == "input":
            self.fields.setdefault(named.get("name") or "", []).append(named.get("value") or "")
        if tag == "select":
            self._select = named.get("name") or ""
        if tag == "option" and "selected" in named:
            self.fields.setdefault(self._select, []).append(named.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for _, name in self._open:
            if name:
                self.texts[name] = self.texts.get(name, "") + data

    def faulty(self) -> set[str]:
        """The fields that are marked as wrong."""
        return {name for name, named in self.by_id.items() if named.get("aria-invalid") == "true"}

    def described(self, name: str) -> str:
        """What is read out with a field."""
        ids = (self.by_id[name].get("aria-describedby") or "").split()
        return " ".join(self.texts[each].strip() for each in ids)


@attrs.define
class Portal:
    """A served portal, its day, and a client."""

    module: ModuleType
    folder: Path
    today: dt.date = dt.date(2027, 1, 4)
    port: int = 0

    def ask(
        self,
        method: str,
        path: str,
        *,
        form: Mapping[str, str] | list[tuple[str, str]] | None = None,
        learner: Mapping[str, object] | bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        sent = dict(headers or {})
        body: bytes | None = None
        if form is not None:
            body = urlencode(form).encode()
            sent = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html,*/*;q=0.8", **sent}
        if learner is not None:
            body = learner if isinstance(learner, bytes) else json.dumps(learner).encode()
            sent = {**JSON, **sent}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            return Answer(response.status, response.msg, response.read())
        finally:
            connection.close()

    def plan(self, learner: Mapping[str, object] | bytes, query: str = f"pathway={PATHWAY}") -> Answer:
        return self.ask("POST", f"/plan?{query}", learner=learner)

    def keep(self, **changed: object) -> tuple[str, str]:
        """The paths of a new plan and its calendar."""
        answer = self.ask("POST", f"/plans?pathway={PATHWAY}", learner=LEARNER | changed)
        assert answer.status == 201
        assert answer.headers["Location"] == answer.table["plan"]
        return urlsplit(str(answer.table["plan"])).path, urlsplit(str(answer.table["calendar"])).path


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    monkeypatch.syspath_prepend(EXAMPLES)  # as for `python examples/portal.py`
    portal = Portal(import_module("portal"), tmp_path / "kept")
    app = portal.module.create_app(store=portal.module.Store(portal.folder), clock=lambda: portal.today)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=portal.module.Discreet)
    portal.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield portal
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def events(answer: Answer) -> dict[str, Any]:
    assert answer.status == 200
    assert not lint_calendar(answer.body)
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(answer.body).walk("VEVENT")}


def starting(answer: Answer, title: str) -> tuple[str, dt.date]:
    found = [
        (uid, event["DTSTART"].dt) for uid, event in events(answer).items() if event["SUMMARY"] == f"Start: {title}"
    ]
    assert len(found) == 1
    return found[0]


def editions(answer: Answer) -> set[tuple[int, str]]:
    """The number and the day of every event: one pair in a calendar."""
    return {(int(event["SEQUENCE"]), f"{event['DTSTAMP'].dt:%Y-%m-%d}") for event in events(answer).values()}


# The form


def test_the_form_has_a_label_for_every_field(portal: Portal) -> None:
    answer = portal.ask("GET", "/")
    assert answer.status == 200
    visible = {
        name
        for name, named in answer.page.by_id.items()
        if named.get("type") in {"text", "date"}
        or (name.startswith(("wish.", "objective", "pathway")) and "name" in named)
    }
    assert {"start", "weekly_hours", "deadline", "budget", "objective", "absence-from-0", "done.program"} <= visible
    assert visible == set(answer.page.labels)
    assert not answer.page.faulty()


def test_every_answer_forbids_scripts_frames_and_caches(portal: Portal) -> None:
    kept, calendar = portal.keep()
    for path in ("/", "/nothing", kept, calendar):
        answer = portal.ask("GET", path)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == ("private, no-cache" if path == calendar else "no-store")
        assert answer.headers["Set-Cookie"] is None


def test_more_rows_for_absences_keep_what_is_there(portal: Portal) -> None:
    away = [("absence-from", "2027-03-01"), ("absence-through", "2027-03-14")]
    empty = [("absence-from", ""), ("absence-through", "")] * 2
    page = portal.ask("POST", "/", form=[*ANSWERS.items(), *empty, *away, ("more", "absences")]).page
    assert page.fields["absence-from"] == ["2027-03-01", "", "", "", "", ""]
    assert page.fields["start"] == ["2027-01-11"]


# Plans


def test_a_form_is_answered_by_a_page_with_the_plan_and_a_way_back(portal: Portal) -> None:
    answer = portal.ask("POST", "/plan", form=ANSWERS)
    assert answer.status == 200
    assert FINISH in answer.text
    assert answer.page.fields["start"] == ["2027-01-11"]
    assert answer.page.fields["wish.cma-aama"] == ["choose"]
    back = portal.ask("POST", "/", form=ANSWERS)
    assert back.page.fields["weekly_hours"] == ["20"]


def test_the_whole_plan_is_one_document_of_its_own(portal: Portal) -> None:
    answer = portal.ask("POST", "/plan/page", form=ANSWERS)
    assert answer.status == 200
    assert FINISH in answer.text
    assert {"form", "input"}.isdisjoint(answer.page.tags)
    assert portal.ask("POST", "/plan/page", form=WRONG).status == 422


def test_a_learner_in_json_is_answered_by_the_timeline_in_json(portal: Portal) -> None:
    answer = portal.plan(LEARNER)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.table["schema"] == "career-path/timeline/1"
    assert answer.table["finish"] == FINISH


def test_the_form_and_the_document_give_the_same_timeline(portal: Portal) -> None:
    whole = {
        **ANSWERS,
        "absence-from": "2027-03-01",
        "absence-through": "2027-03-14",
        "done.diploma": "2015-06-12",
        "wish.ged": "avoid",
        "deadline": "2028-03-01",
        "budget": "4000.00",
        "objective": "balanced",
        "per_day": "25.00",
    }
    document = {
        **LEARNER,
        "absences": [{"from": "2027-03-01", "through": "2027-03-14"}],
        "records": {"diploma": {"finished": "2015-06-12"}},
        "avoid": ["ged"],
        "deadline": "2028-03-01",
        "budget": "4000.00",
    }
    typed = portal.ask("POST", "/plan?format=json", form=whole)
    sent = portal.plan(document, f"pathway={PATHWAY}&objective=balanced&per_day=25.00")
    assert typed.table == sent.table
    # 14 days without work in a program of 28 weeks move everything after it by 14 days.
    assert sent.table["finish"] == "2027-11-15"


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        ("", "application/json", "application/json"),
        ("", "text/html", "text/html; charset=utf-8"),
        ("", "*/*", "application/json"),
        ("&format=html", "application/json", "text/html; charset=utf-8"),
        ("&format=json", "text/html", "application/json"),
    ],
)
def test_the_query_then_the_accept_header_decide_what_comes(portal: Portal, query: str, accept: str, kind: str) -> None:
    path = f"/plan?pathway={PATHWAY}{query}"
    answer = portal.ask("POST", path, learner=LEARNER, headers={"Accept": accept})
    assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
    assert answer.headers["Vary"] == "Accept"


def test_no_route_at_all_is_an_answer_with_the_conflicts(portal: Portal) -> None:
    none = {**LEARNER, "choose": [], "avoid": ["cma-aama", "ccma-nha", "rma-amt", "ncma-ncct"]}
    told = portal.plan(none)
    assert told.status == 200
    assert (told.table["feasible"], told.table["finish"]) == (False, None)
    assert told.table["conflicts"]
    wishes = {f"wish.{each}": "avoid" for each in ("cma-aama", "ccma-nha", "rma-amt", "ncma-ncct")}
    page = portal.ask("POST", "/plan", form={**ANSWERS, **wishes})
    assert page.status == 200
    assert page.page.fields["wish.cma-aama"] == ["avoid"]
    assert "No plan" in page.text


# Faults

WRONG = {
    **ANSWERS,
    "start": "11/1/2027",
    "weekly_hours": "twenty",
    "absence-from": "2027-03-14",
    "absence-through": "2027-03-01",
    "done.diploma": "1 <b>May</b>",
    "deadline": "2027-02-30",
    "budget": "lots",
    "objective": "balanced",
    "per_day": "-1",
}


def test_all_faults_are_told_at_once_each_beside_its_field(portal: Portal) -> None:
    answer = portal.ask("POST", "/plan", form=WRONG)
    assert answer.status == 422
    page = answer.page
    wrong = {"start", "weekly_hours", "absence-through-0", "done.diploma", "deadline", "budget", "per_day"}
    assert page.faulty() == wrong
    assert {link.removeprefix("#") for link in page.links if link.startswith("#")} == wrong
    assert "'11/1/2027'" in page.described("start")
    assert "YYYY-MM-DD" in page.described("start")
    assert "such as 20 or 7.5" in page.described("weekly_hours")
    assert "2027-03-14 or later" in page.described("absence-through-0")
    assert "<b>May" in page.described("done.diploma")
    assert "<b>May" not in answer.text


def test_nothing_that_was_typed_is_lost_and_no_date_field_hides_it(portal: Portal) -> None:
    page = portal.ask("POST", "/plan", form=WRONG).page
    for name, value in WRONG.items():
        assert page.fields[name][0] == value
    assert {page.by_id[name]["type"] for name in ("start", "deadline", "done.diploma")} == {"text"}


def test_faults_found_while_planning_are_told_beside_their_fields_too(portal: Portal) -> None:
    answer = portal.ask("POST", "/plan", form={**ANSWERS, "weekly_hours": "", "done.diploma": "2040-01-01"})
    assert answer.status == 422
    assert answer.page.faulty() == {"done.diploma"}
    assert "2027-01-04 (today) or earlier" in answer.page.described("done.diploma")
    hours = portal.ask("POST", "/plan", form={**ANSWERS, "weekly_hours": ""})
    assert (hours.status, hours.page.faulty()) == (422, {"weekly_hours"})


def test_programs_get_the_same_faults_as_a_problem_document(portal: Portal) -> None:
    answer = portal.plan({**LEARNER, "start": "11/1/2027", "budget": "lots"}, "pathway=medical-asistant")
    assert answer.status == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.table["status"] == 422
    faults = answer.table["faults"]
    assert {(fault["path"], fault["code"]) for fault in faults} == {
        ("pathway", "unknown-id"),
        ("start", "not-a-date"),
        ("budget", "not-an-amount"),
    }
    assert all(fault["found"] and fault["expected"] for fault in faults)


@pytest.mark.parametrize("query", ["objective=fastest", "objective=balanced", "objective=balanced&per_day=x"])
def test_an_objective_that_is_none_is_a_fault(portal: Portal, query: str) -> None:
    answer = portal.plan(LEARNER, f"pathway={PATHWAY}&{query}")
    assert answer.status == 422
    faults = answer.table["faults"]
    assert [fault["path"] for fault in faults] == ["per_day" if "balanced" in query else "objective"]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"schema": NaN}', b"[" * 50_000, b'{"a": 1, "a": 2}', b"1" * 5_000],
)
def test_a_body_that_is_no_learner_is_a_fault(portal: Portal, body: bytes) -> None:
    answer = portal.plan(body)
    assert answer.status == 422
    assert answer.table["faults"]


NAUGHTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    "x\r\nSet-Cookie: a=b",
    "../../etc/passwd",
    "\u202etxt.exe\u0000\u200b",
    "\U0001f469\u200d\U0001f4bb ﷽ Ṱ̺̺̕o͞",
    "' OR 1=1 --",
    "9" * 1000,
]


@pytest.mark.parametrize("text", NAUGHTY)
def test_hostile_texts_are_shown_as_texts_in_every_field(portal: Portal, text: str) -> None:
    names = ["pathway", "start", "weekly_hours", "deadline", "budget", "objective", "absence-from", "absence-through"]
    names += ["done.diploma", f"done.{text}", f"wish.{text}", "wish.cma-aama", "key"]
    answer = portal.ask("POST", "/plan", form=dict.fromkeys(names, text))
    assert answer.status == 422
    page = answer.page
    assert {"script", "img"}.isdisjoint(page.tags)
    assert answer.headers["Set-Cookie"] is None
    assert "49" not in page.texts["faults"]
    assert page.fields["absence-from"][0].split() == text.split() or "\x00" in text
    sent = portal.plan({**LEARNER, "place": text, "choose": [text]}, urlencode({"pathway": text, "objective": text}))
    assert sent.status == 422
    assert portal.ask("GET", "/plans/" + urlencode({"": text})[1:]).status in {404, 405}


def test_bytes_that_are_no_text_are_a_fault(portal: Portal) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body = b"pathway=medical-assistant&start=%ED%A0%80%FF&weekly_hours=%00"
    answer = portal.ask("POST", "/plan", learner=body, headers=headers)
    assert answer.status == 422
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_more_than_the_limit_is_refused_whole(portal: Portal) -> None:
    big = portal.plan(b"{" + b" " * 70_000)
    assert (big.status, big.headers["Content-Type"]) == (413, "application/problem+json")
    assert "65536 bytes" in str(big.table["detail"])
    typed = portal.ask("POST", "/plan", form={**ANSWERS, "start": "x" * 70_000})
    assert typed.status == 413
    many = portal.ask("POST", "/plan", form=[("absence-from", "x")] * 4_000)
    assert many.status in {413, 422}


def test_a_body_of_untold_length_is_refused_and_not_cut(portal: Portal) -> None:
    connection = HTTPConnection("127.0.0.1", portal.port, timeout=10)
    body = (piece for piece in (json.dumps(LEARNER).encode(), b" " * 70_000, b"garbage"))
    connection.request("POST", "/plan", body=body, headers=JSON, encode_chunked=True)
    assert connection.getresponse().status == 411
    connection.close()


def test_a_body_of_another_kind_is_refused_by_name(portal: Portal) -> None:
    answer = portal.ask("POST", "/plan", learner=b"start = 2027-01-11", headers={"Content-Type": "application/toml"})
    assert answer.status == 415
    assert "application/json" in answer.text
    assert portal.plan(LEARNER, "format=xml").status == 400


def test_too_many_routes_say_what_would_help(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal_questions.MOST_ROUTES", 1)
    sent = portal.plan({**LEARNER, "choose": []})
    assert (sent.status, sent.headers["Content-Type"]) == (503, "application/problem+json")
    assert "Choose an exam or a credential" in str(sent.table["detail"])
    page = portal.ask("POST", "/plan", form={**ANSWERS, "wish.cma-aama": ""})
    assert page.status == 503
    assert page.page.fields["start"] == ["2027-01-11"]
    assert "Choose an exam or a credential" in page.page.texts["wishes"]


def test_an_unforeseen_error_shows_nothing_of_the_inside(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> str:
        message = "secret inside"
        raise RuntimeError(message)

    monkeypatch.setattr(portal.module, "format_timeline", broken)
    answer = portal.plan(LEARNER)
    assert (answer.status, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_addresses_are_never_made_from_a_foreign_host_name(portal: Portal) -> None:
    assert portal.ask("GET", "/", headers={"Host": "evil.example"}).status == 400


# Calendars


def test_a_calendar_can_be_read_by_its_address_alone(portal: Portal) -> None:
    _, calendar = portal.keep()
    answer = portal.ask("GET", calendar)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'inline; filename="medical-assistant.ics"'
    assert re.fullmatch(r'"[0-9a-f]{64}"', answer.headers["ETag"])
    assert starting(answer, "Externship")[1] == dt.date(2027, 7, 26)  # as in the README
    assert editions(answer) == {(0, "2027-01-04")}


def test_head_tells_all_but_the_body(portal: Portal) -> None:
    _, calendar = portal.keep()
    got, head = portal.ask("GET", calendar), portal.ask("HEAD", calendar)
    assert (head.status, head.body) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag", "Cache-Control"):
        assert head.headers[name] == got.headers[name] is not None


def test_what_a_reader_has_already_is_not_sent_again(portal: Portal) -> None:
    _, calendar = portal.keep()
    tag = portal.ask("GET", calendar).headers["ETag"]
    for sent in (tag, f'"other", {tag}', "*", f"W/{tag}"):  # weak comparison, as RFC 9110 asks for this header
        again = portal.ask("GET", calendar, headers={"If-None-Match": sent})
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
        assert again.headers["Cache-Control"] == "private, no-cache"
    assert portal.ask("HEAD", calendar, headers={"If-None-Match": tag}).status == 304
    assert portal.ask("GET", calendar, headers={"If-None-Match": '"other"'}).status == 200


def test_a_day_that_changes_nothing_leaves_every_byte(portal: Portal) -> None:
    _, calendar = portal.keep()
    first = portal.ask("GET", calendar)
    portal.today = dt.date(2027, 1, 5)  # no reminder is due on the fourth: the next is 3 days before the 11th
    second = portal.ask("GET", calendar)
    assert second.body == first.body
    assert second.headers["ETag"] == first.headers["ETag"]


def test_the_plan_moves_with_a_learner_who_has_not_begun_and_the_edition_rises(portal: Portal) -> None:
    _, calendar = portal.keep()
    first = portal.ask("GET", calendar)
    portal.today = dt.date(2027, 1, 18)  # a week after the start, and nothing is recorded
    moved = portal.ask("GET", calendar, headers={"If-None-Match": first.headers["ETag"]})
    uid, day = starting(first, "Externship")
    assert starting(moved, "Externship") == (uid, day + dt.timedelta(7))
    assert editions(moved) == {(1, "2027-01-18")}
    assert moved.headers["ETag"] != first.headers["ETag"]


def test_a_clock_that_goes_back_never_lowers_edition_or_stamp(portal: Portal) -> None:
    _, calendar = portal.keep()
    portal.today = dt.date(2027, 1, 18)
    assert editions(portal.ask("GET", calendar)) == {(0, "2027-01-18")}
    portal.today = dt.date(2027, 1, 4)
    assert editions(portal.ask("GET", calendar)) == {(1, "2027-01-18")}


def test_a_changed_plan_changes_the_tag_and_keeps_address_and_ids(portal: Portal) -> None:
    plan, calendar = portal.keep()
    first = portal.ask("GET", calendar)
    changed = portal.ask("PUT", f"{plan}?pathway={PATHWAY}", learner={**LEARNER, "weekly_hours": 40})
    assert changed.status == 200
    assert urlsplit(str(changed.table["calendar"])).path == calendar
    second = portal.ask("GET", calendar, headers={"If-None-Match": first.headers["ETag"]})
    assert second.headers["ETag"] != first.headers["ETag"]
    assert editions(second) == {(1, "2027-01-04")}
    # 560 hours at 40 a week are 14 weeks from 2027-01-11.
    assert starting(second, "Externship") == (starting(first, "Externship")[0], dt.date(2027, 4, 19))


def test_keeping_the_same_plan_again_changes_nothing(portal: Portal) -> None:
    plan, calendar = portal.keep()
    first = portal.ask("GET", calendar)
    portal.ask("PUT", f"{plan}?pathway={PATHWAY}", learner=LEARNER)
    assert portal.ask("GET", calendar).body == first.body


def test_two_learners_see_neither_the_plans_nor_the_events_of_each_other(portal: Portal) -> None:
    (ana, anas), (_, bos) = portal.keep(), portal.keep(start="2027-02-01")
    first, second = portal.ask("GET", anas), portal.ask("GET", bos)
    assert starting(second, "Program classes")[1] == dt.date(2027, 2, 1)
    assert starting(first, "Program classes")[1] == dt.date(2027, 1, 11)
    assert not events(first).keys() & events(second).keys()
    assert portal.ask("DELETE", ana).status == 204
    assert portal.ask("GET", anas).status == 404
    assert portal.ask("GET", bos).body == second.body


def test_the_address_of_a_calendar_opens_no_plan_and_says_nothing_about_the_learner(portal: Portal) -> None:
    plan, calendar = portal.keep(id="ana", place="Springfield")
    token = calendar.removeprefix("/calendar/").removesuffix(".ics")
    assert portal.ask("GET", f"/plans/{token}").status == 404
    assert portal.ask("DELETE", f"/plans/{token}").status == 404
    assert "ana" not in plan
    text = portal.ask("GET", calendar).text
    assert "Springfield" not in text


@pytest.mark.parametrize("token", ["0" * 64, "nothing", "..%2f..%2fpyproject", "%00", "A" * 64, "."])
def test_an_unknown_calendar_is_not_found(portal: Portal, token: str) -> None:
    portal.keep()
    assert portal.ask("GET", f"/calendar/{token}.ics").status == 404


def test_a_plan_that_no_longer_fits_its_pathway_leaves_readers_what_they_have(portal: Portal) -> None:
    _, calendar = portal.keep()
    (file,) = portal.folder.glob("*.json")
    file.write_text(file.read_text().replace("cma-aama", "cma-gone"))
    assert portal.ask("GET", calendar).status == 503


def test_a_plan_is_kept_by_the_form_changed_and_deleted(portal: Portal) -> None:
    kept = portal.ask("POST", "/plans", form={**ANSWERS, "absence-from": "2027-03-01", "absence-through": "2027-03-14"})
    assert kept.status == 303
    address = kept.headers["Location"]
    page = portal.ask("GET", address).page
    assert page.fields["start"] == ["2027-01-11"]
    assert page.fields["weekly_hours"] == ["20"]
    assert page.fields["absence-through"][0] == "2027-03-14"
    (link,) = (each for each in page.links if each.startswith("webcal://"))
    calendar = urlsplit(link).path
    assert starting(portal.ask("GET", calendar), "Externship")[1] == dt.date(2027, 8, 9)  # two weeks later
    assert portal.ask("POST", address, form={**ANSWERS, "start": "soon"}).status == 422
    assert portal.ask("POST", address, form=ANSWERS).status == 303
    assert starting(portal.ask("GET", calendar), "Externship")[1] == dt.date(2027, 7, 26)
    assert portal.ask("POST", address, form={**ANSWERS, "forget": "yes"}).status == 303
    assert portal.ask("GET", calendar).status == 404
    assert portal.ask("GET", address).status == 404


def test_a_form_says_when_a_program_kept_more_than_it_can_show(portal: Portal) -> None:
    plan, _ = portal.keep(weekly_hours=[{"through": "2027-05-31", "hours": 10}, {"from": "2027-06-01", "hours": 30}])
    assert "not shown below" in portal.ask("GET", plan, headers={"Accept": "text/html"}).text
    plain, _ = portal.keep()
    assert "not shown below" not in portal.ask("GET", plain, headers={"Accept": "text/html"}).text


def test_what_is_kept_is_for_nobody_else_on_the_machine_and_has_no_key(portal: Portal) -> None:
    plan, _ = portal.keep()
    assert portal.folder.stat().st_mode & 0o077 == 0
    (file,) = portal.folder.iterdir()
    assert plan.removeprefix("/plans/") not in file.name + file.read_text()


def test_no_more_plans_are_kept_than_there_is_room_for(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, _ = portal.keep()
    monkeypatch.setattr("portal_kept.MOST_KEPT", 1)
    assert portal.ask("POST", f"/plans?pathway={PATHWAY}", learner=LEARNER).status == 503
    assert portal.ask("PUT", f"{plan}?pathway={PATHWAY}", learner=LEARNER).status == 200


def test_many_at_once_get_their_own_plans_and_one_edition(portal: Portal) -> None:
    _, calendar = portal.keep()
    starts = [dt.date(2027, 1, 11) + dt.timedelta(7 * week) for week in range(8)]

    def first_day(start: dt.date) -> str:
        steps = portal.plan({**LEARNER, "start": str(start)}).table["steps"]
        return next(str(step["start"]) for step in steps if step["id"] == "program")

    with ThreadPoolExecutor(8) as pool:
        days = pool.map(first_day, starts)
        calendars = pool.map(lambda _: portal.ask("GET", calendar), range(8))
        assert list(days) == [str(start) for start in starts]
        bodies = {answer.body for answer in calendars}
    assert len(bodies) == 1
    assert editions(portal.ask("GET", calendar)) == {(0, "2027-01-04")}
