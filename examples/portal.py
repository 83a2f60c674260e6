"""A small web application of a school: from a form or a JSON document to a plan, and to a calendar to subscribe to.

    pip install 'career-path[examples]'
    python examples/portal.py --port 8000

This file has the addresses and their answers; `portal_questions.py` turns forms into plans and faults back into form
fields, and `portal_kept.py` keeps plans and numbers the editions of their calendars. What they show:

- A form becomes the same document that a program would send. So there is one reader (`parse_learner`) and one list of
  faults, each of which is put beside the field that it is about.
- A calendar is planned for the day on which it is asked for. Its edition and its ETag change only with its content.
- There are no cookies and no sessions, so a page of another site finds no rights of a visitor to use. That is why the
  forms carry no CSRF token. With a login you need one (Flask-WTF has it), and accounts take the place of the keys here.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import secrets
import tempfile
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Final, cast

import attrs
from flask import Blueprint, Flask, Response, abort, current_app, redirect, render_template, request, url_for
from portal_kept import Store, calendar_of, token_of
from portal_questions import Asked, Form, absences_in, by_field, filled, from_form, is_shown_whole, planned
from werkzeug.exceptions import HTTPException
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Response as AnyResponse

from career_path import (
    DocumentError,
    SearchLimitError,
    catalog_ids,
    format_learner,
    format_timeline,
    load_catalog,
    parse_learner,
)
from career_path.views.page import format_fragment, format_page

MOST_BYTES: Final = 64 * 1024  # of a request; the longest sensible learner is a tenth of it
MORE_ROWS: Final = 3
SECURITY: Final = {
    # Nothing but our own text and styles is ever loaded or run, wherever a hostile title may end up.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # an address with a key in it is told to nobody
}


# --- Questions and answers


def asked_now() -> Asked:
    """What this request asks for."""
    if request.is_json:
        return from_json()
    if request.mimetype not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        abort(415, "Send a form, or a learner as application/json.")
    return from_form(request.form)


def from_json() -> Asked:
    """The body is the learner's document itself; everything else, nothing of it personal, is in the query."""
    names = {"pathway": "", "objective": "earliest", "per_day": ""}
    return Asked(learner=request.get_data(), **{name: request.args.get(name, empty) for name, empty in names.items()})


def wants_json() -> bool:
    """`?format=` decides, else the Accept header, else an answer comes as the question came."""
    if request.args.get("format") in {"html", "json"}:
        return request.args["format"] == "json"
    kinds = ["text/html", "application/json", "application/problem+json"]
    kinds = kinds[::-1] if request.is_json else kinds
    return request.accept_mimetypes.best_match(kinds, default=kinds[0]) != "text/html"


def problem(status: int, detail: str, **more: object) -> Response:
    """An error for programs, as RFC 9457 has it."""
    table = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return Response(json.dumps(table), status, mimetype="application/problem+json")


def calendar_address(key: str) -> str:
    return url_for(".calendar", token=token_of(key), _external=True)


def form_page(form: Form, *, faults: Mapping[str, list[str]] | None = None, key: str = "") -> str:
    """The form with everything that was typed in it, each fault beside its field."""
    known = catalog_ids()
    pathway = load_catalog(form["pathway"] if form.get("pathway") in known else known[0])
    steps = {f"done.{step.id}" for step in pathway.steps} | {f"wish.{step.id}" for step in pathway.steps}
    rows = absences_in(form)
    wanted = len(form.getlist("absence-from")) + MORE_ROWS if "more" in form else max(MORE_ROWS, len(rows) + 1)
    return render_template(
        "form.html",
        form=form,
        faults=faults or {},
        pathway=pathway,
        pathways=[(each, load_catalog(each).name) for each in known],
        rows=rows + [{}] * (wanted - len(rows)),
        shown=steps,
        is_open=any(field in (faults or {}) for field in steps),
        told=sum(bool(form.get(field)) for field in steps),
        is_partial=bool(key) and form.get("learner", "") != "" and not is_shown_whole(form),
        key=key,
        calendar=calendar_address(key) if key else "",
    )


# --- The addresses

portal = Blueprint("portal", __name__)


@attrs.frozen
class Setting:
    """What the application is given: where plans are kept, and how to ask for the school's day."""

    store: Store
    clock: Callable[[], dt.date]


def here() -> Setting:
    return cast("Setting", current_app.extensions["portal"])


def create_app(
    *, store: Store, clock: Callable[[], dt.date], hosts: Iterable[str] = ("127.0.0.1", "localhost")
) -> Flask:
    """The application; `hosts` are the names under which it may be reached."""
    app = Flask(__name__, static_folder=None, template_folder=str(Path(__file__).with_name("portal_templates")))
    # Addresses are made from the Host header, so only known ones are believed.
    app.config["TRUSTED_HOSTS"] = list(hosts)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.extensions["portal"] = Setting(store, clock)
    app.register_blueprint(portal)
    return app


@portal.before_app_request
def told_length() -> None:
    """A body in chunks would be cut at the limit instead of refused, because nobody says how long it is."""
    if request.method in {"POST", "PUT"} and request.content_length is None:
        abort(411, "Send the length of the body.")


@portal.before_app_request
def known_format() -> None:
    if request.args.get("format", "html") not in {"html", "json"}:
        abort(400, "format is html or json.")


@portal.route("/", methods=["GET", "POST"])
def empty_form() -> str:
    """The form; with what was typed before, if it comes from a button that changes the form itself."""
    return form_page(request.form if request.method == "POST" else request.args, key=request.form.get("key", ""))


@portal.post("/plan")
def show_plan() -> Response:
    """A plan without conflicts, with some, or none at all: all three are answers, with status 200.

    That no route exists is what the rules say to a question that was understood. A status of 4xx would say that the
    question was wrong. Programs read `feasible` and `conflicts`.
    """
    timeline = planned(asked_now(), today=here().clock())
    if wants_json():
        return Response(format_timeline(timeline, syntax="json"), mimetype="application/json")
    fragment = format_fragment(timeline)
    return Response(render_template("plan.html", title=timeline.title, fragment=fragment, form=request.form))


@portal.post("/plan/page")
def show_page() -> str:
    """The library's own page: one document with the whole plan, to print, to keep or to send."""
    return format_page(planned(asked_now(), today=here().clock()))


@portal.post("/plans")
def keep_new() -> AnyResponse:
    return keep(secrets.token_urlsafe(32), 201)


@portal.route("/plans/<key>", methods=["GET", "POST", "PUT", "DELETE"])
def kept_plan(key: str) -> AnyResponse | str:
    """A kept plan, to be shown, changed or deleted; forms know no DELETE, so a button named `forget` means it."""
    store = here().store
    found = store.get(token_of(key)) or abort(404)
    if request.method == "DELETE" or "forget" in request.form:
        store.remove(token_of(key))
        return redirect(url_for(".empty_form"), 303) if "forget" in request.form else Response(status=204)
    if request.method in {"POST", "PUT"}:
        return keep(key, 200)
    return addresses(key, 200) if wants_json() else form_page(filled(found.asked), key=key)


def keep(key: str, status: int) -> AnyResponse:
    asked = asked_now()
    planned(asked, today=here().clock())  # what has faults is not kept
    learner = format_learner(parse_learner(asked.learner, syntax="json"), syntax="json")
    here().store.put(token_of(key), attrs.evolve(asked, learner=learner))
    return addresses(key, status) if wants_json() else redirect(url_for(".kept_plan", key=key), 303)


def addresses(key: str, status: int) -> Response:
    """The two addresses of a kept plan, for programs."""
    plan_url, calendar_url = url_for(".kept_plan", key=key, _external=True), calendar_address(key)
    body = json.dumps({"plan": plan_url, "calendar": calendar_url})
    return Response(body, status, mimetype="application/json", headers={"Location": plan_url})


@portal.get("/calendar/<token>.ics")  # HEAD comes with it
def calendar(token: str) -> AnyResponse:
    text, kept = calendar_of(token, store=here().store, today=here().clock())
    response = Response(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{kept.asked.pathway}.ics"'
    response.headers["Cache-Control"] = "private, no-cache"  # keep it, and ask each time whether it is still right
    response.set_etag(hashlib.sha256(text.encode()).hexdigest())
    return response.make_conditional(request)  # 304 without a body where If-None-Match has it


# --- When something is wrong


@portal.app_errorhandler(DocumentError)
def faulty(error: DocumentError) -> AnyResponse:
    """422: understood, and not usable as it is."""
    if request.endpoint == "portal.calendar":  # the catalog changed under a kept plan; readers keep what they have
        return problem(503, "This plan no longer fits its pathway. Open the plan and correct it.")
    if wants_json():
        faults = [attrs.asdict(fault) for fault in error.faults]
        return problem(422, f"faults: {len(faults)}; each says where, what was found and what is right", faults=faults)
    key = (request.view_args or {}).get("key", "") or request.form.get("key", "")
    return Response(form_page(request.form, faults=by_field(error.faults), key=key), 422)


@portal.app_errorhandler(SearchLimitError)
def too_many(_: SearchLimitError) -> AnyResponse:
    """503: the question is right, and too much for this server."""
    text = "There are too many ways to compare. Choose an exam or a credential, or leave out some steps, and ask again."
    if wants_json() or request.endpoint == "portal.calendar":
        return problem(503, text)
    return Response(form_page(request.form, faults={"wishes": [text]}, key=request.form.get("key", "")), 503)


@portal.app_errorhandler(HTTPException)
def told(error: HTTPException) -> AnyResponse:
    """Every other error, an unforeseen one (500) included: never a traceback."""
    status = error.code or 500
    text = f"Send at most {MOST_BYTES} bytes." if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else error.description
    if wants_json():
        return problem(status, text or "")
    return Response(render_template("error.html", title=HTTPStatus(status).phrase, text=text), status)


@portal.after_app_request
def secured(response: Response) -> Response:
    for name, value in SECURITY.items():
        response.headers[name] = value
    response.headers.setdefault("Cache-Control", "no-store")  # a plan is personal
    response.vary.add("Accept")
    return response


class Discreet(WSGIRequestHandler):
    """Writes no log of requests, because their addresses hold keys. Your server should leave them out too."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""


def main() -> None:
    parser = argparse.ArgumentParser(description="A portal of a school on this machine.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--folder", type=Path, help="where plans are kept; without it they are gone at the end")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        app = create_app(store=Store(options.folder or Path(passing)), clock=dt.date.today)  # noqa: TID251 (the school's own day)
        server = make_server("127.0.0.1", options.port, app, threaded=True, request_handler=Discreet)
        print(f"The portal is at http://127.0.0.1:{server.server_port}/ (end it with Ctrl+C)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            server.server_close()


if __name__ == "__main__":
    main()
