"""A question in SQL once: who may see what decides the words, and who asks only fills them in."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connection
from django.db.models import Value

from core import compiled
from core.compiled import Statements
from core.lifecycle import create
from core.querysets import visible_row
from tests.lamps.models import Lamp


@pytest.fixture
def lamp(ann):
    return create(Lamp(title="Desk lamp"), actor=ann)


@pytest.fixture
def asked():
    return []


@pytest.fixture
def lamps(asked):
    """The lamps that a person may see, and how often that was put into words."""

    def put(user):
        asked.append(user)
        rows = Lamp.objects.all() if user is None else Lamp.objects.for_user(user)
        return rows.filter(pk=compiled.ROW)

    return Statements(put)


def seen(lamps, lamp, person):
    values = {compiled.ROW: lamp.pk, compiled.PERSON: person and person.pk}
    return lamps.worded_for(person).rows(values)


def test_people_alike_share_the_words_and_not_the_answer(lamps, asked, lamp, ann, zoe, ben, ada):
    answers = [seen(lamps, lamp, each) for each in (ann, zoe, ben, ada, None)]

    assert answers == [[lamp], [], [lamp], [lamp], [lamp]]
    assert len(asked) == 3  # for ann and zoe, for ben and ada, and for FlowTrack itself


def test_whoever_answers_otherwise_from_now_on_gets_other_words(lamps, lamp, zoe):
    before = seen(lamps, lamp, zoe)
    zoe.role = "agent"

    assert (before, seen(lamps, lamp, zoe)) == ([], [lamp])


def test_what_nobody_may_see_is_not_even_asked(lamp, ann, django_assert_num_queries):
    nothing = Statements(lambda user: Lamp.objects.none())

    with django_assert_num_queries(0):
        assert seen(nothing, lamp, ann) == []


def test_only_a_key_may_stand_in_for_somebody(ann):
    with pytest.raises(TypeError, match="Field 'id' expected a number"):
        Statements(lambda user: Lamp.objects.filter(created_by=user)).worded_for(ann)


def test_values_that_no_one_stands_in_for_stay(lamp, ann):
    marked = Statements(
        lambda user: Lamp.objects.filter(pk=compiled.ROW).annotate(
            mark=Value("-4611686018427387904"), by=Value(user.pk)
        )
    )

    (row,) = seen(marked, lamp, ann)

    assert (row.mark, row.by) == ("-4611686018427387904", ann.pk)


def test_the_words_are_forgotten_before_they_fill_the_memory(
    lamps, asked, lamp, ann, ben, monkeypatch
):
    monkeypatch.setattr(compiled, "MOST_WAYS", 1)

    answers = [seen(lamps, lamp, each) for each in (ann, ben, ann, ben)]

    assert answers == [[lamp]] * 4
    assert len(asked) == 4


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_by_its_own_connection(lamp, ann):
    found = [visible_row(Lamp, ann, lamp.pk)]

    def elsewhere():
        found.append(visible_row(Lamp, ann, lamp.pk))
        connection.close()

    thread = Thread(target=elsewhere)
    thread.start()
    thread.join()

    assert found == [lamp, lamp]
