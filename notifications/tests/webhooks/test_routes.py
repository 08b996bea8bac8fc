"""Webhooks as admins use them: the API, the admin pages, the command."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from core.lifecycle import perform
from core.models import Event
from core.models.idempotency import IdempotencyKey
from notifications.models import WebhookEndpoint
from notifications.tests.webhooks.conftest import deliver
from notifications.webhooks import retrying
from notifications.webhooks.sending import send_due

pytestmark = pytest.mark.django_db


def test_an_admin_sets_one_up_and_sees_its_secret_once(as_, ada, ben, receiver):
    api = as_(ada)
    body = {
        "description": "Pager",
        "url": receiver.url,
        "event_types": ["tickets.ticket.created"],
        "account": ben.pk,
    }
    key = {"HTTP_IDEMPOTENCY_KEY": "once"}

    made = api.post("/api/webhooks/", body, **key)
    assert made.status_code == 201, made.content
    secret = made.json()["secret"]
    assert secret == WebhookEndpoint.objects.get().secret
    assert secret.startswith("whsec_")

    again = api.post("/api/webhooks/", body, **key)
    url = f"/api/webhooks/{made.json()['id']}/"
    assert again.content == made.content  # for whom the first answer did not reach
    assert "secret" not in api.get(url).json()
    assert secret[6:] not in IdempotencyKey.objects.get().body
    assert secret[6:] not in str(list(Event.objects.values_list("changes", "note")))

    rotated = api.post(f"{url}rotate/").json()
    assert rotated["secret"] not in (None, secret)
    assert rotated["previous_until"] is not None
    assert api.post("/api/webhooks/", body, **key).json()["secret"] is None


@pytest.mark.once
def test_wrong_bodies_are_named(as_, ada, receiver):
    api = as_(ada)
    body = {"description": "P", "url": receiver.url, "event_types": ["*"], "account": ada.pk}
    for field, value in [
        ("url", "http://169.254.169.254/"),
        ("url", "file:///etc/passwd"),
        ("event_types", ["tickets.ticket.explode"]),
        ("event_types", []),
        ("event_types", "*"),
        ("kinds", ["unicorn"]),
        ("account", 987654321),
        ("secret", "whsec_mine"),
        ("status", "paused"),
    ]:
        answer = api.post("/api/webhooks/", {**body, field: value})
        assert answer.status_code == 400, (field, value)
        assert answer.json()["errors"][0]["field"].startswith(field)


def test_nobody_but_admins(as_, webhook, ann, ben):
    endpoint = webhook()
    for person in (ann, ben):
        api = as_(person)
        for path in (
            "",
            f"{endpoint.pk}/",
            f"{endpoint.pk}/deliveries/",
            "event-types/",
        ):
            assert api.get(f"/api/webhooks/{path}").status_code == 403
        assert api.post(f"/api/webhooks/{endpoint.pk}/rotate/").status_code == 403


def test_deliveries_are_listed_filtered_and_replayed(
    as_, ada, webhook, ticket, receiver, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(retrying, "WAITS", [])
    endpoint = webhook(kinds=["tickets.ticket"])
    ticket()
    receiver.answers = lambda call: 404 if "created" in call.message["type"] else 200
    deliver()
    api = as_(ada)
    url = f"/api/webhooks/{endpoint.pk}/deliveries/"

    with django_assert_num_queries(2):
        shown = api.get(url).json()["results"]
    assert [row["status"] for row in shown] == ["delivered", "failed"]
    (dead,) = api.get(url, {"status": "failed"}).json()["results"]
    assert (dead["status_code"], dead["answer"]) == (404, "No, thank you.")
    assert api.get(url, {"status": "lost"}).status_code == 400

    receiver.answers = lambda call: 200
    again = api.post(f"/api/webhooks/deliveries/{dead['id']}/replay/")
    assert (again.status_code, again.json()["status"]) == (200, "pending")
    assert api.post(f"/api/webhooks/deliveries/{dead['id']}/replay/").status_code == 409
    assert send_due() == 1
    assert api.get(url, {"status": "failed"}).json()["results"] == []
    assert [call.id for call in receiver.calls].count(dead["message_id"]) == 2


def test_it_is_tried_and_taken_away(as_, ada, webhook, receiver):
    endpoint = webhook()
    api = as_(ada)

    assert api.post(f"/api/webhooks/{endpoint.pk}/test/").status_code == 200
    send_due()
    assert receiver.calls[0].message["type"] == "flowtrack.test"

    assert api.delete(f"/api/webhooks/{endpoint.pk}/").status_code == 204
    assert api.get(f"/api/webhooks/{endpoint.pk}/").status_code == 404


def test_what_can_be_chosen_is_listed(as_, ada):
    answer = as_(ada).get("/api/webhooks/event-types/").json()

    assert "tickets.ticket.resolve" in answer["event_types"]
    assert "tickets.ticket" in answer["kinds"]


def test_the_admin_pages_show_a_new_secret_once(browser_of, ada, ben, receiver):
    browser = browser_of(ada)
    form = {
        "description": "Pager",
        "url": receiver.url,
        "event_types": ["tickets.ticket.created"],
        "kinds": [],
        "account": ada.pk,
    }

    made = browser.post("/admin/notifications/webhookendpoint/add/", form, follow=True)
    endpoint = WebhookEndpoint.objects.get()
    assert endpoint.secret in made.content.decode().replace("&#x27;", "'")
    page = f"/admin/notifications/webhookendpoint/{endpoint.pk}/change/"
    shown = browser.get(page).content.decode()
    assert endpoint.secret not in shown
    assert endpoint.seed not in shown

    rotate = page.replace("change", "transition/rotate")
    rotated = browser.post(rotate, {"note": ""}, follow=True).content.decode()
    endpoint = WebhookEndpoint.objects.get()
    assert endpoint.secret in rotated
    assert browser_of(ben).get(page).status_code == 403


def test_the_admin_replays_deliveries(browser_of, ada, webhook, receiver):
    endpoint = webhook()
    receiver.answers = lambda call: 500
    perform(endpoint, "test", actor=ada)
    send_due()
    browser = browser_of(ada)
    url = "/admin/notifications/delivery/"
    delivery = endpoint.deliveries.get()
    assert "No, thank you." in browser.get(f"{url}{delivery.pk}/change/").content.decode()

    chosen: dict[str, Any] = {"action": "replay", "_selected_action": [delivery.pk]}
    assert "1 will be sent again" in browser.post(url, chosen, follow=True).content.decode()
    delivery.refresh_from_db()
    assert delivery.state == "pending"


def test_the_command_lists_and_replays(webhook, ada, receiver):
    endpoint = webhook()
    receiver.answers = lambda call: 500
    for _ in range(2):
        perform(endpoint, "test", actor=ada)
    send_due()
    first = endpoint.deliveries.order_by("pk").first()

    assert "0 pending, 0 delivered, 2 failed" in said("webhooks")
    assert "2 were given up." in said("webhooks", "--failed")
    assert "will be sent again" in said("webhooks", "--replay", str(first.pk))
    assert "1 will be sent again." in said("webhooks", "--replay", "all")
    for wrong in (str(first.pk), "msg_unknown", "9" * 30):
        with pytest.raises(CommandError):
            said("webhooks", "--replay", wrong)


def said(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()
