"""Who hears of an item: whom it concerns, who wrote, who chose; nobody for whom it does not exist."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.lifecycle import change, create, perform
from discussion.models import Watch
from discussion.tasks import forget_lost_watches
from discussion.watching import choose, is_watching, watchers_of


def hear(lamp):
    return [person.name for person in watchers_of(lamp)]


def test_whom_it_concerns_and_who_wrote(ann, ben, lamp, say):
    assert hear(lamp) == ["Ann"]

    say(ben, "Among us.", internal=True)

    assert hear(lamp) == ["Ann", "Ben"]


def test_by_choice_and_not_by_choice(ann, ben, lamp):
    choose(lamp, ben, watching=True)
    choose(lamp, ann, watching=False)

    assert hear(lamp) == ["Ben"]
    assert (is_watching(lamp, ben), is_watching(lamp, ann)) == (True, False)


def test_choosing_twice_is_choosing_once(as_, ben, lamp):
    client, url = as_(ben), f"/api/lamps/{lamp.pk}/watch/"

    assert client.get(url).json() == {"watching": False}
    assert [client.put(url).status_code for _ in "12"] == [204, 204]
    assert client.get(url).json() == {"watching": True}
    assert [client.delete(url).status_code for _ in "12"] == [204, 204]
    assert client.get(url).json() == {"watching": False}
    assert Watch.objects.count() == 1


def test_a_stranger_cannot_even_ask(as_, zoe, lamp):
    client, url = as_(zoe), f"/api/lamps/{lamp.pk}/watch/"

    assert {call(url).status_code for call in (client.get, client.put, client.delete)} == {404}
    assert not Watch.objects.exists()


def test_who_watches_is_for_agents(as_, ann, ben, lamp, say):
    say(ben, "Among us.", internal=True)
    url = f"/api/lamps/{lamp.pk}/watchers/"

    assert [each["name"] for each in as_(ben).get(url).json()] == ["Ann", "Ben"]
    assert as_(ann).get(url).status_code == 403


def test_who_watches_takes_no_more_questions_for_more_people(as_, ann, ben, lamp, person, mia, say):
    client, url, costs = as_(ben), f"/api/lamps/{lamp.pk}/watchers/", []
    for number in range(3):
        choose(lamp, person(f"carl{number}", role="agent"), watching=True)
        say(person(f"dora{number}", role="agent"), "I see it.")
        with CaptureQueriesContext(connection) as asked:
            names = [each["name"] for each in client.get(url).json()]
        assert len(names) == 3 + 2 * number
        costs.append(len(asked))

    assert costs == [costs[0]] * 3


def test_crowds_are_asked_in_turns(monkeypatch, ann, ben, zoe, ada, lamp):
    monkeypatch.setattr("discussion.watching.AT_ONCE", 2)
    for somebody in (ben, zoe, ada):
        create(Watch(person=somebody).attach_to(lamp), actor=None)

    assert hear(lamp) == ["Ada", "Ann", "Ben"]


def test_whoever_lost_sight_hears_nothing_from_that_moment(ben, ada, lamp):
    choose(lamp, ben, watching=True)

    change(ben, actor=ada, role="requester")

    assert hear(lamp) == ["Ann"]


def test_losing_sight_ends_watching_for_good(ben, ada, lamp):
    choose(lamp, ben, watching=True)

    demoted = change(ben, actor=ada, role="requester")
    assert hear(lamp) == ["Ann"]
    assert forget_lost_watches() == 1
    change(demoted, actor=ada, role="agent")
    assert hear(lamp) == ["Ann"]
    assert forget_lost_watches() == 0


@pytest.mark.parametrize("watching", [True, False])
def test_a_choice_that_still_holds_is_kept(ben, lamp, watching):
    choose(lamp, ben, watching=watching)

    assert forget_lost_watches() == 0
    assert Watch.objects.count() == 1


def test_who_is_gone_hears_nothing(ann, ada, lamp):
    perform(ann, "deactivate", actor=ada)

    assert hear(lamp) == []
