"""One's own account and devices."""

from __future__ import annotations

from accounts.tests.conftest import PASSWORD, bearer

ME = "/api/auth/me/"


def test_who_one_is_and_what_one_may_do(as_, ann, ben, mia, ada, departments):
    answers = [as_(person).get(ME).json() for person in (ann, ben, mia, ada)]

    assert answers[0] == {
        "id": ann.pk,
        "email": ann.email,
        "name": "Ann",
        "role": "requester",
        "department": departments["corporate"].summary(),
        "permissions": ["ask"],
    }
    assert [answer["permissions"] for answer in answers[1:]] == [
        ["ask", "work"],
        ["ask", "approve"],
        ["ask", "work", "administer"],
    ]


def test_each_request_knows_the_person_after_one_query(as_, mia, django_assert_num_queries):
    client = as_(mia)

    with django_assert_num_queries(1):
        assert client.get(ME).json()["permissions"] == ["ask", "approve"]


def test_a_new_name(as_, ann):
    answer = as_(ann).patch(ME, {"name": "Ann Archer"})

    assert answer.json()["name"] == "Ann Archer"


def test_a_stale_edit_is_refused(as_, ann):
    client = as_(ann)
    seen = client.get(ME)["ETag"]
    client.patch(ME, {"name": "Ann Archer"})

    assert client.patch(ME, {"name": "Annie"}, headers={"If-Match": seen}).status_code == 412


def test_a_new_address_asks_for_the_password_and_ends_other_sessions(log_in, ann):
    here, there = (bearer(log_in(ann)["access"]) for _ in range(2))

    without = here.patch(ME, {"email": "archer@flowtrack.example"})
    answer = here.patch(ME, {"email": "Archer@flowtrack.example", "current_password": PASSWORD})

    assert without.status_code == 400
    assert answer.json()["email"] == "archer@flowtrack.example"
    assert here.get(ME).status_code == 200
    assert there.get(ME).status_code == 401


def test_an_address_of_somebody_else_is_refused(as_, ann, zoe):
    answer = as_(ann).patch(ME, {"email": zoe.email.upper(), "current_password": PASSWORD})

    assert answer.json()["errors"][0]["field"] == "email"


def test_role_and_department_are_not_ones_own_to_change(as_, ann):
    for field in ("role", "department", "status", "permissions"):
        answer = as_(ann).patch(ME, {field: "admin"})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


def test_ones_devices(log_in, with_cookies, on_pages, ann, zoe):
    here = bearer(log_in(ann)["access"])
    with_cookies(ann)
    on_pages(ann)
    log_in(zoe)

    devices = here.get("/api/auth/sessions/").json()["results"]

    assert [device["way"] for device in devices] == ["web", "cookie", "bearer"]
    assert [device["current"] for device in devices] == [False, False, True]
    assert {device["address"] for device in devices} == {"127.0.0.1"}


def test_signing_a_device_out(log_in, ann):
    here, there = (bearer(log_in(ann)["access"]) for _ in range(2))
    device = there.get("/api/auth/sessions/?limit=1").json()["results"][0]

    assert here.delete(f"/api/auth/sessions/{device['id']}/").status_code == 204

    assert there.get(ME).status_code == 401
    assert here.delete(f"/api/auth/sessions/{device['id']}/").status_code == 404


def test_somebody_elses_device_does_not_exist(log_in, as_, ann, zoe):
    log_in(zoe)
    device = zoe.sessions.get()

    assert as_(ann).delete(f"/api/auth/sessions/{device.pk}/").status_code == 404
    assert as_(ann).delete("/api/auth/sessions/nonsense/").status_code == 404
    assert zoe.sessions.live().exists()


def test_only_the_password_opens_whether_an_address_is_taken(as_, ann, zoe):
    client = as_(ann)

    guesses = [
        client.patch(ME, {"email": email, "current_password": "a guess"}).json()["errors"]
        for email in (zoe.email, "nobody@flowtrack.example")
    ]
    told = client.patch(ME, {"email": zoe.email, "current_password": PASSWORD})

    assert guesses[0] == guesses[1]
    assert [(error["field"], error["code"]) for error in told.json()["errors"]] == [
        ("email", "unique")
    ]
