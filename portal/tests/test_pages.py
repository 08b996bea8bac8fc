"""What the portal answers, without a browser."""

import pytest
from django.test import Client
from redis.exceptions import RedisError

from accounts.models import User

PASSWORD = "correct horse battery staple"


@pytest.mark.parametrize(
    ("asked_for", "leads_to"),
    [
        ("/password/?a=1", "/password/?a=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_sign_in_leads_only_to_our_own_pages(ann: User, asked_for: str, leads_to: str) -> None:
    typed = {"email": ann.email, "password": PASSWORD, "next": asked_for}

    response = Client().post("/sign-in/", typed)

    assert (response.status_code, response.headers["Location"]) == (302, leads_to)


def test_too_many_attempts_are_told_when_to_come_back(ann: User, settings) -> None:
    settings.THROTTLE_SIGN_IN_ACCOUNT = "1/m"
    client, typed = Client(), {"email": ann.email, "password": "not her password"}

    assert client.post("/sign-in/", typed).status_code == 400
    response = client.post("/sign-in/", typed)

    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    assert ann.email in response.content.decode()


@pytest.mark.parametrize("path", ["/sign-out/", "/admin/logout/"])
def test_nobody_is_signed_out_by_a_link(ann: User, path: str) -> None:
    client = signed_in(ann)

    assert client.get(path).status_code in {302, 405}
    assert ann.name in client.get("/").content.decode()


def test_a_form_left_open_too_long_says_so(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {})

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()


def test_known_and_unknown_addresses_get_the_same_answer(ann: User) -> None:
    answers = [
        Client().post("/password-reset/", {"email": email})
        for email in (ann.email, "nobody@flowtrack.example")
    ]

    assert [answer.headers["Location"] for answer in answers] == ["/password-reset/sent/"] * 2


def test_a_dead_link_is_explained_and_differing_passwords_are_not_its_fault(db: None) -> None:
    chosen = {
        "new_password": "seven quiet lamps in a row",
        "repeated": "seven quiet lamps in a row",
    }

    differing = Client().post("/password-reset/dead/", {**chosen, "repeated": "something else"})
    dead = Client().post("/password-reset/dead/", chosen)

    assert (differing.status_code, dead.status_code) == (400, 410)
    assert "The two passwords differ." in differing.content.decode()


def test_ann_changes_her_password_and_stays_in_here_alone(ann: User) -> None:
    here, elsewhere = signed_in(ann), signed_in(ann)
    new = "seven quiet lamps in a row"
    typed = {"current_password": PASSWORD, "new_password": new, "repeated": new}

    assert here.post("/password/", {**typed, "current_password": "wrong"}).status_code == 400
    assert here.post("/password/", typed).headers["Location"] == "/"

    assert ann.name in here.get("/").content.decode()
    assert ann.name not in elsewhere.get("/").content.decode()


def test_the_admins_own_password_page_gives_way_to_ours(ada: User) -> None:
    response = signed_in(ada).get("/admin/password_change/")

    assert response.headers["Location"] == "/password/"


def test_nothing_personal_is_kept_by_a_cache(ann: User) -> None:
    assert "no-store" in signed_in(ann).get("/").headers["Cache-Control"]


def signed_in(user: User) -> Client:
    """A browser of this person."""
    client = Client()
    client.post("/sign-in/", {"email": user.email, "password": PASSWORD})
    return client


def test_a_sign_in_that_cannot_be_counted_asks_to_come_back(ann: User, monkeypatch) -> None:
    def refuse(*args: object) -> None:
        raise RedisError

    monkeypatch.setattr("core.api.throttles._increment", refuse)

    response = Client().post("/sign-in/", {"email": ann.email, "password": PASSWORD})

    assert (response.status_code, response.headers["Retry-After"]) == (503, "1")
