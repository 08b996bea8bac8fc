"""What a webhook hears of: chosen events, once, as far as its account sees them at that moment."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.errors import InvalidInput, NotPermitted
from core.lifecycle import change, create, perform
from core.models import Event
from discussion.models import Comment
from notifications.models import Delivery, WebhookEndpoint
from notifications.tests.webhooks.conftest import tell_all
from notifications.webhooks.bodies import body_of, veiled
from notifications.webhooks.catalogue import event_types
from notifications.webhooks.telling import tell
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def told(endpoint: WebhookEndpoint) -> list[str]:
    return [each.event_type for each in endpoint.deliveries.order_by("pk")]


def test_only_chosen_events_of_chosen_kinds_are_told_each_once(webhook, ticket):
    everything = webhook(kinds=["tickets.ticket"])
    triage = webhook(event_types=["tickets.ticket.triage", "tickets.workorder.start"])
    other = webhook(kinds=["tickets.workorder"])
    ticket()

    tell(tell_all())

    assert told(everything) == ["tickets.ticket.created", "tickets.ticket.triage"]
    assert told(triage) == ["tickets.ticket.triage"]
    assert told(other) == []


def test_what_the_account_does_not_see_is_not_told(webhook, ticket, ann, zoe, ben):
    kinds = ["tickets.ticket", "discussion.comment"]
    of_ann, of_zoe = webhook(account=ann, kinds=kinds), webhook(account=zoe, kinds=kinds)
    item = ticket()
    said = {"body": "She always says that.", "is_internal": True}
    create(Comment(**said).attach_to(item), actor=ben)

    tell_all()

    assert told(of_ann) == ["tickets.ticket.created", "tickets.ticket.triage"]
    assert told(of_zoe) == []


def test_an_account_that_is_deactivated_hears_of_nothing(webhook, ticket, ben, ada, person):
    cora = person("cora", role="agent")
    endpoint = webhook(account=cora)
    perform(cora, "deactivate", actor=ada)
    ticket()

    tell_all()

    assert told(endpoint) == []


def test_how_accounts_change_is_told_to_admins_alone(webhook, ada, ann, ben):
    types = ["accounts.user.changed"]
    of_agent, of_admin = (webhook(account=who, event_types=types) for who in (ben, ada))
    change(ann, actor=ada, role="agent")

    tell_all()

    assert (told(of_agent), told(of_admin)) == ([], types)


def test_what_an_agent_read_is_veiled_from_whom_is_none_any_more(ticket, ben, ann, monkeypatch):
    item = ticket()
    body = body_of(Event.of(item).last(), "tickets.ticket.triage", item, reader=ben, people={})
    monkeypatch.setattr(Ticket, "fields_for_agents", frozenset({"priority"}))

    assert veiled(body, item, ben) == body
    shown = json.loads(veiled(body, item, ann))["data"]["event"]["changes"]
    assert shown["priority"] is None
    assert shown.keys() == json.loads(body)["data"]["event"]["changes"].keys()


def test_the_body_says_what_happened_to_what(webhook, ticket, ben):
    endpoint = webhook(event_types=["tickets.ticket.triage"], account=ben)
    item = ticket("The lift is stuck")
    event = Event.of(item).get(action="triage")

    tell_all()

    body = json.loads(endpoint.deliveries.get().body)
    assert body["type"] == "tickets.ticket.triage"
    assert body["data"]["item"] == {
        "kind": "tickets.ticket",
        "id": item.pk,
        "reference": item.reference,
        "title": "The lift is stuck",
        "status": "triaged",
    }
    shown = body["data"]["event"]
    assert shown["id"] == event.pk
    assert shown["actor"] == {"id": ben.pk, "name": "Ben"}
    assert (shown["source"], shown["target"]) == ("new", "triaged")
    assert shown["changes"]["priority"] == ["medium", "high"]


def test_what_may_be_taken_back_is_never_sent(webhook, ticket, ann, ada):
    endpoint = webhook(event_types=["discussion.comment.changed"], account=ada)
    comment = create(Comment(body="My code is 1234.").attach_to(ticket()), actor=ann)
    change(comment, actor=ann, body="My code is secret.")

    tell_all()

    body = endpoint.deliveries.get().body
    assert json.loads(body)["data"]["event"]["changes"] == {"body": None}
    assert "code" not in body


def test_a_paused_one_keeps_what_happens_and_a_disabled_one_does_not(webhook, ticket, ada):
    paused = perform(webhook(), "pause", actor=ada)
    disabled = perform(webhook(), "disable", actor=None)
    tell_all()
    ticket()

    tell_all()

    assert told(paused)[-2:] == ["tickets.ticket.created", "tickets.ticket.triage"]
    assert told(disabled) == []


def test_five_hundred_events_take_few_statements(
    webhook, ticket, ann, ada, django_assert_max_num_queries
):
    for account in (ann, ada, ada):
        webhook(account=account, kinds=["tickets.ticket"])
    item = ticket()
    once = Event.of(item).last()
    many = [_again(once) for _ in range(498)]
    Event.objects.bulk_create(many)
    events = list(Event.of(item))

    # Webhooks, accounts, actors, tickets as two accounts see them; and rows, of which SQLite takes 45 at once.
    with django_assert_max_num_queries(42):
        tell(events)

    assert Delivery.objects.count() == 1_500


def _again(event: Event) -> Event:
    again: Any = Event.objects.get(pk=event.pk)
    again.pk = None
    return again


def test_types_are_derived_and_unknown_ones_refused(webhook, ada, ben):
    assert {"tickets.ticket.resolve", "requests_app.servicerequest.approve"} <= event_types()
    for wrong in (["tickets.ticket.explode"], [], ["*", "*"], "*", [1]):
        with pytest.raises(InvalidInput, match="event_types"):
            webhook(event_types=wrong)
    with pytest.raises(InvalidInput, match="kinds"):
        webhook(kinds=["tickets.unicorn"])
    with pytest.raises(InvalidInput, match="url"):
        webhook(url="http://10.0.0.1/")
    with pytest.raises(NotPermitted):
        create(WebhookEndpoint(description="Mine"), actor=ben)
