"""A write may be sent again: it happens once, and is answered alike every time."""

import json
import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import connection, connections
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView

from core import clock
from core.api.idempotency import idempotent, purge_idempotency_keys
from core.errors import Conflict
from core.models import IdempotencyKey


class Groups(APIView):
    """Makes a group; is as unlucky as the body says."""

    authentication_classes = []
    permission_classes = []
    working = threading.Event()
    may_end = threading.Event()

    def post(self, request):
        return idempotent(request, self.make, request)

    patch = put = get = post

    def make(self, request):
        group = Group.objects.create(name=f"group {Group.objects.count() + 1}")
        if request.data.get("slow"):
            self.working.set()
            self.may_end.wait(10)
        if request.data.get("refuse"):
            raise Conflict("No more groups.")
        if request.data.get("answer_409"):
            return Response({}, 409)
        headers = {"Location": f"/api/groups/{group.pk}/", "ETag": f'"{group.pk}-1"', "X-Own": "1"}
        return Response({"name": group.name, "at": clock.now()}, 201, headers=headers)


def send(user, key="k1", body=None, method="post", path="/api/groups/"):
    headers = {"Idempotency-Key": key} if key is not None else {}
    make = getattr(APIRequestFactory(), method)
    request = make(path, body or {}, format="json", headers=headers)
    force_authenticate(request, user)
    response = Groups.as_view()(request)
    return response.render() if isinstance(response, Response) else response


def code_of(response):
    return json.loads(response.content)["code"]


def test_the_second_time_is_answered_from_the_first(ann):
    first = send(ann)
    second = send(ann)

    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert second["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert (second["Location"], second["ETag"]) == (first["Location"], first["ETag"])
    assert "X-Own" not in second
    assert Group.objects.count() == 1


def test_without_a_key_every_request_counts(ann):
    send(ann, key=None)
    send(ann, key=None)

    assert Group.objects.count() == 2


@pytest.mark.parametrize(
    "other",
    [
        {"body": {"a": 1}},
        {"path": "/api/teams/"},
        {"path": "/api/groups/?a=1"},
        {"method": "patch"},
    ],
)
def test_a_key_belongs_to_one_request(ann, other):
    send(ann)

    again = send(ann, **other)

    assert again.status_code == 422
    assert code_of(again) == "idempotency_key_reused"
    assert Group.objects.count() == 1


def test_keys_of_two_people_have_nothing_in_common(ann, zoe):
    send(ann)
    answer = send(zoe)

    assert "Idempotency-Replayed" not in answer
    assert Group.objects.count() == 2


@pytest.mark.parametrize("how", ["refuse", "answer_409"])
def test_a_refusal_undoes_everything_and_is_not_kept(ann, how):
    refused = send(ann, body={how: True})

    assert refused.status_code == 409
    assert not IdempotencyKey.objects.exists()
    assert not Group.objects.exists()
    assert send(ann).status_code == 201


def test_a_crash_leaves_nothing(ann, monkeypatch):
    monkeypatch.setattr("core.api.idempotency.JSONRenderer.render", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        send(ann)

    assert not Group.objects.exists()
    assert not IdempotencyKey.objects.exists()


def test_after_a_day_the_key_is_new_again(ann):
    with clock.at(clock.now() - timedelta(hours=24)):
        send(ann)

    assert "Idempotency-Replayed" not in send(ann, body={"a": 1})
    assert send(ann, body={"a": 1})["Idempotency-Replayed"] == "true"
    assert Group.objects.count() == 2


def test_old_answers_are_forgotten(ann):
    with clock.at(clock.now() - timedelta(hours=25)):
        send(ann, key="old")
    send(ann, key="new")

    assert purge_idempotency_keys() == 1
    assert IdempotencyKey.objects.get().key == "new"


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "ä", "a\tb"])
def test_an_unusable_key_is_refused(ann, key):
    answer = send(ann, key=key)

    assert answer.status_code == 400
    assert not Group.objects.exists()


def test_nobody_has_no_keys(db):
    assert send(AnonymousUser()).status_code == 201
    assert send(AnonymousUser(), key="a b").status_code == 201
    assert not IdempotencyKey.objects.exists()


def test_a_key_on_put_has_no_meaning(ann):
    send(ann, method="put")
    send(ann, method="put")

    assert Group.objects.count() == 2


def test_a_repeated_answer_costs_one_row(ann, django_assert_num_queries):
    send(ann)

    # The insert that failed and the row that was there, with the savepoints around them.
    with django_assert_num_queries(7):
        send(ann)


def in_thread(work):
    def closing():
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=closing)
    thread.start()
    return thread


@pytest.fixture
def slow():
    Groups.working.clear()
    Groups.may_end.clear()
    yield {"slow": True}
    Groups.may_end.set()


needs_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'")


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_the_second_waits_for_the_first_and_repeats_it(ann, slow):
    answers = []
    threads = [in_thread(lambda: answers.append(send(ann, body=slow))) for _ in range(4)]
    Groups.working.wait(5)
    Groups.may_end.set()
    for thread in threads:
        thread.join()

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotency-Replayed" in answer for answer in answers) == 3
    assert Group.objects.count() == 1


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_is_told_so(ann, slow):
    first = in_thread(lambda: send(ann, body=slow))
    Groups.working.wait(5)

    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
        impatient = send(ann, body=slow)
        cursor.execute("RESET lock_timeout")
    Groups.may_end.set()
    first.join()

    assert impatient.status_code == 409
    assert code_of(impatient) == "idempotency_key_in_flight"
    assert Group.objects.count() == 1


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_the_second_takes_over_when_the_first_is_refused(ann, slow):
    answers = []
    body = slow | {"refuse": True}
    first = in_thread(lambda: answers.append(send(ann, body=body)))
    Groups.working.wait(5)
    second = in_thread(lambda: answers.append(send(ann, body=body)))
    Groups.may_end.set()
    first.join()
    second.join()

    assert [answer.status_code for answer in answers] == [409, 409]
    assert not IdempotencyKey.objects.exists()
