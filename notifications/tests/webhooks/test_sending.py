"""Sending: signed, in order, again after failure, and never one at the expense of another."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from datetime import timedelta
from threading import Event as Signal

import pytest

from core import clock
from core.lifecycle import change, create, perform
from core.models import Event
from notifications.models import Delivery, WebhookEndpoint
from notifications.tests.webhooks.conftest import deliver, make_due, tell_all
from notifications.webhooks import claiming, outcomes, retrying, sending, sight, upkeep
from notifications.webhooks.replaying import replay
from notifications.webhooks.sending import send_due
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def test_it_arrives_signed_and_is_noted(webhook, ticket, receiver):
    endpoint = webhook(event_types=["tickets.ticket.created"])
    ticket()

    (delivery,) = deliver()

    (call,) = receiver.calls
    assert call.is_signed_with(endpoint.secret)
    assert call.id == delivery.message_id
    assert call.message["type"] == "tickets.ticket.created"
    assert (delivery.state, delivery.status_code, delivery.attempts) == ("delivered", 204, 1)
    assert delivery.duration_ms is not None


def test_while_a_secret_is_replaced_both_are_good_for_a_day(webhook, ada, ticket, receiver):
    endpoint = webhook(kinds=["tickets.ticket"])
    old = endpoint.secret
    endpoint = perform(endpoint, "rotate", actor=ada)
    ticket()
    deliver()

    assert endpoint.secret != old
    assert all(call.is_signed_with(s) for call in receiver.calls for s in (old, endpoint.secret))
    tomorrow = clock.now() + timedelta(hours=24)
    assert endpoint.seeds(at=tomorrow) == [endpoint.seed]
    assert Event.of(endpoint).last().changes.keys() == {"seed", "previous_seed", "previous_until"}
    assert Event.of(endpoint).last().changes["seed"] is None


def test_what_failed_is_sent_again_later_with_the_same_id(webhook, ticket, receiver):
    webhook(event_types=["tickets.ticket.created"])
    ticket()
    receiver.answers = lambda call: 500

    (delivery,) = deliver()
    assert (delivery.state, delivery.status_code, delivery.answer) == (
        "pending",
        500,
        "No, thank you.",
    )
    assert timedelta(seconds=4) < delivery.next_at - clock.now() <= timedelta(seconds=6)
    assert send_due() == 0

    receiver.answers = lambda call: 204
    make_due()
    (delivery,) = deliver()

    assert (delivery.state, delivery.attempts) == ("delivered", 2)
    assert len({call.id for call in receiver.calls}) == 1


def test_the_waits_grow_from_seconds_to_a_day_and_end():
    waits = [retrying.wait_after(n) for n in range(1, len(retrying.WAITS) + 1)]

    assert timedelta(seconds=5) <= waits[0] <= timedelta(seconds=6)
    assert timedelta(hours=24) <= waits[-1] <= timedelta(hours=28.8)
    assert retrying.wait_after(len(waits) + 1) is None
    assert len({retrying.wait_after(1) for _ in range(5)}) > 1


def test_an_item_waits_for_its_earlier_events_and_others_go_on(webhook, ticket, receiver):
    webhook(kinds=["tickets.ticket"])
    first, other = ticket("First"), ticket("Other")
    receiver.answers = lambda call: 500 if call.message["data"]["item"]["id"] == first.pk else 204

    states = {(d.subject_id, d.event_type[15:]): (d.state, d.attempts) for d in deliver()}
    assert states == {
        (str(first.pk), "created"): ("pending", 1),
        (str(first.pk), "triage"): ("pending", 0),
        (str(other.pk), "created"): ("delivered", 1),
        (str(other.pk), "triage"): ("delivered", 1),
    }

    receiver.answers = lambda call: 204
    make_due()
    deliver()
    arrived = [
        call.message["type"][15:]
        for call in receiver.calls
        if call.message["data"]["item"]["id"] == first.pk
    ]
    assert arrived == ["created", "created", "triage"]


def test_what_is_given_up_holds_nothing_up_and_can_be_replayed(
    webhook, ticket, receiver, ada, monkeypatch
):
    monkeypatch.setattr(retrying, "WAITS", [timedelta(0)])
    endpoint = webhook(kinds=["tickets.ticket"])
    ticket()
    receiver.answers = lambda call: 410 if "created" in call.message["type"] else 204

    assert [(d.state, d.attempts) for d in deliver()] == [("failed", 2), ("delivered", 1)]

    receiver.answers = lambda call: 204
    perform(endpoint, "replay", actor=ada)
    send_due()
    assert [(d.state, d.attempts) for d in endpoint.deliveries.order_by("pk")] == [
        ("delivered", 1),
        ("delivered", 1),
    ]
    assert len({call.id for call in receiver.calls}) == 2


def test_a_test_is_sent_once_whatever_answers(webhook, receiver, ada):
    endpoint = webhook(event_types=["tickets.ticket.created"])
    receiver.answers = lambda call: 500
    perform(endpoint, "test", actor=ada)

    (delivery,) = deliver()

    assert (delivery.state, delivery.attempts) == ("failed", 1)
    assert receiver.calls[0].message["type"] == "flowtrack.test"
    assert receiver.calls[0].is_signed_with(endpoint.secret)


def test_where_nobody_may_call_nothing_is_called(webhook, ticket, settings, receiver):
    webhook(event_types=["tickets.ticket.created"])
    ticket()
    settings.OUTGOING_ALLOWED_HOSTS = []

    (delivery,) = deliver()

    assert (delivery.state, delivery.status_code) == ("pending", None)
    assert delivery.problem == "This host is not on the public internet."
    assert receiver.calls == []


def test_paused_and_disabled_ones_are_not_called(webhook, ticket, receiver, ada):
    endpoint = perform(webhook(kinds=["tickets.ticket"]), "pause", actor=ada)
    ticket()
    deliver()
    assert receiver.calls == []

    perform(endpoint, "enable", actor=ada)
    deliver()
    assert len(receiver.calls) == 2


@pytest.mark.once
def test_three_hundred_events_arrive_in_order_though_every_third_call_fails(
    webhook, receiver, ann, monkeypatch
):
    monkeypatch.setattr(retrying, "WAITS", [timedelta(0)] * 20)
    luck = random.Random(1)  # noqa: S311
    receiver.answers = lambda call: 503 if luck.random() < 0.3 else 204
    webhook(kinds=["tickets.ticket"])
    tickets = [create(Ticket(title=f"Lamp {n}", requester=ann), actor=ann) for n in range(15)]
    many = [_again(ticket) for _ in range(19) for ticket in tickets]
    Event.objects.bulk_create(many)

    deliveries = deliver()

    assert {each.state for each in deliveries} == {"delivered"}
    assert {call.id for call in receiver.calls} == {each.message_id for each in deliveries}
    arrived = defaultdict(list)
    for call in receiver.calls:
        event = call.message["data"]["event"]
        arrived[call.message["data"]["item"]["id"]].append(event["id"])
    assert len(arrived) == 15
    assert all(ids == sorted(ids) and len(set(ids)) == 20 for ids in arrived.values())


def _again(ticket: Ticket) -> Event:
    event = Event.of(ticket).get()
    event.pk = None
    return event


@pytest.mark.once
def test_one_that_never_answers_does_not_hold_the_others_up(webhook, ticket, receiver):
    stuck = webhook(url=receiver.url + "/stuck", kinds=["tickets.ticket"])
    webhook(kinds=["tickets.ticket"])
    for _ in range(10):
        ticket()
    released = Signal()
    receiver.answers = lambda call: released.wait(60) and 204 if "stuck" in call.path else 204
    tell_all()
    sender = sending.Sender()

    ends_at = time.monotonic() + 30
    while _arrived(receiver, "/hook") < 20 and time.monotonic() < ends_at:
        sender.step()
    assert _arrived(receiver, "/hook") == 20
    assert _arrived(receiver, "/hook/stuck") == 0

    released.set()
    sender.close()
    left = stuck.deliveries.all().pending()
    assert left.count() >= 18
    assert not left.exclude(claim="").exists()


@pytest.mark.once
def test_eight_that_never_answer_leave_room_for_one_that_does(webhook, ticket, receiver):
    for _ in range(8):
        webhook(url=receiver.url + "/stuck", kinds=["tickets.ticket"])
    for _ in range(3):
        ticket()
    released = Signal()
    receiver.answers = lambda call: released.wait(60) and 204 if "stuck" in call.path else 204
    tell_all()
    sender = sending.Sender()
    sender.step()
    healthy = webhook(kinds=["tickets.ticket"])
    ticket()
    tell_all()

    ends_at = time.monotonic() + 30
    while _arrived(receiver, "/hook") < 8 and time.monotonic() < ends_at:
        sender.step()
    released.set()
    sender.close()

    assert _arrived(receiver, "/hook") == 8
    assert not healthy.deliveries.all().pending().exists()


@pytest.mark.once
def test_a_busy_one_lets_another_have_its_turn(webhook, ticket, receiver):
    webhook(url=receiver.url + "/busy", kinds=["tickets.ticket"])
    webhook(kinds=["tickets.ticket"])
    for _ in range(4):
        ticket()
    tell_all()
    sender = sending.Sender(threads=1)

    while sender.step():
        pass
    sender.close()

    paths = [call.path for call in receiver.calls]
    assert paths.index("/hook") < 8
    assert paths.count("/hook") == 8
    assert paths.count("/hook/busy") == 8


def test_what_its_account_sees_no_more_is_not_sent_again(
    webhook, ticket, receiver, ada, ben, person
):
    cora = person("cora", role="agent")
    webhook(account=cora, kinds=["tickets.ticket"])
    ticket()
    receiver.answers = lambda call: 500
    deliver()
    change(cora, actor=ada, role="requester")

    receiver.answers = lambda call: 204
    make_due()
    first, second = deliver()

    assert len(receiver.calls) == 1
    assert (first.state, first.problem) == ("failed", sight.OUT_OF_SIGHT)
    assert (second.state, second.attempts) == ("failed", 0)
    assert first.claim == second.claim == ""
    replay(first)
    send_due()
    assert len(receiver.calls) == 1


def test_what_is_out_of_sight_holds_nothing_else_up(webhook, ticket, receiver, ada, ann, person):
    cora = person("cora", role="agent")
    endpoint = perform(webhook(account=cora, kinds=["tickets.ticket"]), "pause", actor=ada)
    ticket()
    tell_all()
    change(cora, actor=ada, role="requester")
    own = create(Ticket(title="Mine", requester=cora), actor=cora)
    perform(endpoint, "enable", actor=ada)

    deliver()

    assert [call.message["data"]["item"]["id"] for call in receiver.calls] == [own.pk]


def _arrived(receiver, path: str) -> int:
    return sum(call.path == path for call in list(receiver.calls))


def test_a_claim_is_nobody_elses_until_it_lapses(webhook, ticket):
    endpoint = webhook(kinds=["tickets.ticket"])
    ticket()
    tell_all()

    ((first, _),) = claiming.claim(endpoint, most=10)
    assert claiming.claim(endpoint, most=10) == []

    make_due()  # whoever claimed them is dead
    ((again, _),) = claiming.claim(endpoint, most=10)
    assert again.message_id == first.message_id
    late = outcomes.Outcome(delivery=first, at=clock.now(), duration_ms=1, status_code=204)
    outcomes.write([late])
    again.refresh_from_db()
    assert (again.state, again.attempts) == ("pending", 0)


def test_a_later_event_does_not_overtake_one_that_somebody_is_sending(webhook, ticket, ben):
    endpoint = webhook(kinds=["tickets.ticket"])
    item = ticket()
    tell_all()
    claiming.claim(endpoint, most=10)
    perform(item, "start", actor=ben)
    tell_all()

    assert claiming.claim(endpoint, most=10) == []


@pytest.mark.parametrize("most", [1, 2, 3])
def test_order_holds_however_few_are_claimed_at_a_time(webhook, ticket, most):
    endpoint = webhook(kinds=["tickets.ticket"])
    for title in ("One", "Two"):
        ticket(title)
    tell_all()
    # The earlier of each item is due last.
    for n, each in enumerate(endpoint.deliveries.order_by("-pk")):
        moment = clock.now() - timedelta(minutes=5 - n)
        Delivery.objects.filter(pk=each.pk).update(next_at=moment)

    seen: list[Delivery] = []
    for _ in range(20):
        for row in claiming.claim(endpoint, most=most):
            seen += row
            for each in row:
                done = outcomes.Outcome(
                    delivery=each, at=clock.now(), duration_ms=1, status_code=200
                )
                outcomes.write([done])

    assert len(seen) == 4
    for subject in {each.subject_id for each in seen}:
        ids = [each.pk for each in seen if each.subject_id == subject]
        assert ids == sorted(ids)


def test_after_three_days_of_failure_it_is_disabled_and_says_so(webhook, ticket, receiver, ada):
    endpoint = webhook(kinds=["tickets.ticket"])
    ticket()
    receiver.answers = lambda call: 500
    deliver()
    assert upkeep.disable_failing() == 0

    with clock.at(clock.now() + timedelta(days=3, minutes=1)):
        assert upkeep.disable_failing() == 0  # nobody has tried since
        endpoint.deliveries.filter(attempts=1).update(attempted_at=clock.now())
        assert upkeep.disable_failing() == 1
        assert upkeep.disable_failing() == 0

        event = Event.of(endpoint).last()
        assert (event.action, event.actor, event.note) == ("disable", None, upkeep.GIVEN_UP)
        perform(endpoint, "enable", actor=ada)
        assert upkeep.disable_failing() == 0


def test_a_failed_test_and_three_quiet_days_disable_nothing(webhook, receiver, ada):
    endpoint = webhook(event_types=["tickets.ticket.created"])
    receiver.answers = lambda call: 500
    perform(endpoint, "test", actor=ada)
    deliver()

    assert upkeep.failing_since(endpoint) is None
    with clock.at(clock.now() + timedelta(days=3, minutes=1)):
        assert upkeep.disable_failing() == 0


def test_one_success_in_between_is_enough_to_stay(webhook, ticket, receiver):
    endpoint = webhook(kinds=["tickets.ticket"])
    ticket()
    receiver.answers = lambda call: 500
    deliver()
    with clock.at(clock.now() + timedelta(days=2)):
        receiver.answers = lambda call: 204
        make_due()
        deliver()
    with clock.at(clock.now() + timedelta(days=4)):
        assert upkeep.disable_failing() == 0
    assert WebhookEndpoint.objects.get(pk=endpoint.pk).status == "active"


def test_deliveries_are_forgotten_after_thirty_days(webhook, ticket):
    webhook(kinds=["tickets.ticket"])
    ticket()
    deliver()

    assert upkeep.forget_old() == 0
    with clock.at(clock.now() + timedelta(days=30, minutes=1)):
        assert upkeep.forget_old() == 2


def test_a_worker_that_stops_leaves_the_rest_to_others(webhook, ticket, receiver):
    webhook(kinds=["tickets.ticket"])
    for _ in range(5):
        ticket()
    tell_all()
    stopping = Signal()
    receiver.answers = lambda call: stopping.set() or 204

    sent = send_due(stopping)

    assert 1 <= sent < 10
    left = Delivery.objects.all().pending()
    assert left.count() == 10 - sent
    assert not left.exclude(claim="").exists()
    assert send_due() == 10 - sent
