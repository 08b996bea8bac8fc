"""Every page and method, and what each kind of person is answered there: `routes.txt`.

`UPDATE_BASELINE=1 pytest tests/conformance/test_routes.py` writes the table anew; look at what changed.
A valid request is sent by nobody, by ann whose item it is, by zoe the stranger, by mia
who approves, by ben the agent and by ada the admin. `tests/isolation` has the table of the API.
"""

import os
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction

from core.lifecycle import offered
from tests.conformance.calls import Call
from tests.conformance.discovery import routes
from tests.conformance.examples import PLACES

pytestmark = pytest.mark.once

FILE = Path(__file__).with_name("routes.txt")
UPDATING = os.environ.get("UPDATE_BASELINE") == "1"
WHO = ["nobody", "ann", "zoe", "mia", "ben", "ada"]
HEAD = f"{'':6} {'':78}" + "".join(f"{who:>9}" for who in WHO)
OPEN_TO_EVERYBODY = {
    "/",
    "/admin",
    "/admin/logout/",
    "/health/live",
    "/health/ready",
    "/password-reset/",
    "/password-reset/<token>/",
    "/password-reset/sent/",
    "/sign-in/",
    "/sign-out/",
    "/unsubscribe/<token>/",
}
PAGES = [each for each in routes() if not each.is_api]
SIGN_IN = ("/sign-in/", "/admin/login/")


def table():
    """The answers by route, as the file has them."""
    lines = [line.split() for line in FILE.read_text().splitlines()[1:]]
    return {f"{method} {pattern}": answers for method, pattern, *answers in lines}


TABLE = table()


def line(route, answers):
    return f"{route.method:6} {route.pattern:78}" + "".join(f"{each:>9}" for each in answers)


def page_call(route, people):
    """A request for a page: of the admin of a model, or any other."""
    url, item = route.pattern, None
    app, _, name = route.pattern.removeprefix("/admin/").strip("/").partition("/")
    if route.pattern.startswith("/admin/") and app in apps.app_configs:
        model = apps.get_model(app, name.split("/")[0])
        item = people.standing[model]
        url = url.replace("<object_id>", str(item.pk))
        url = url.replace("<transition>", next(iter(offered(model)), ""))
    for place, value in PLACES.items():
        url = url.replace(place, value)
    return Call(route.method, url, people.ada, {}, item)


def answered(client, call):
    """The status, or the way to the sign-in page; what it changed is undone."""
    with transaction.atomic():
        answer = call.send(client)
        transaction.set_rollback(True)
    sent_to_sign_in = answer.status_code == 302 and answer["Location"].startswith(SIGN_IN)
    return "sign-in" if sent_to_sign_in else str(answer.status_code)


@pytest.fixture(scope="module")
def found():
    """What was answered, kept as the new table where that was asked for."""
    answers = {}
    yield answers
    if UPDATING:
        lines = [line(route, answers[route]) for route in PAGES if route in answers]
        FILE.write_text("\n".join([HEAD, *lines]) + "\n")


@pytest.mark.parametrize("route", PAGES, ids=str)
def test_the_table_says_who_is_answered_what(found, people, browser_of, route):
    call = page_call(route, people)
    everybody = [None, *(getattr(people, who) for who in WHO[1:])]

    found[route] = [answered(browser_of(each), call) for each in everybody]

    assert UPDATING or str(route) in TABLE, f"Say in routes.txt who may {route}."
    assert UPDATING or found[route] == TABLE[str(route)]
    assert all(answer < "500" for answer in found[route] if answer.isdigit())


def test_the_table_has_no_line_too_many():
    assert UPDATING or set(TABLE) == {str(route) for route in PAGES}


def test_only_a_few_addresses_are_open_to_everybody():
    closed = {"405", "sign-in"}
    let_in = {key.split()[1] for key, answers in TABLE.items() if answers[0] not in closed}

    assert UPDATING or let_in == OPEN_TO_EVERYBODY
