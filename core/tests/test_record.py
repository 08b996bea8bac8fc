"""Records: direct saves obey the same rules, and nothing writes around them."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from core.errors import Conflict
from core.lifecycle import change, create
from core.models import Event
from tests.lamps.models import Lamp


@pytest.fixture
def lamp(ann):
    return create(Lamp(title="Desk lamp"), actor=ann)


def test_a_direct_transition_and_save_leave_an_event_too(lamp):
    lamp.light()
    lamp.save()

    assert [event.action for event in Event.of(lamp)] == ["created", "light"]


def test_a_transition_that_is_never_saved_leaves_nothing(lamp):
    lamp.light()

    assert Lamp.objects.get(pk=lamp.pk).status == "dark"
    assert Event.of(lamp).count() == 1


def test_the_status_cannot_be_assigned_but_survives_cleaning_and_refreshing(lamp):
    with pytest.raises(AttributeError):
        lamp.status = "lit"

    lamp.full_clean()
    other = Lamp.objects.get(pk=lamp.pk)
    other.light()
    other.save()
    lamp.refresh_from_db()

    assert lamp.status == "lit"
    with pytest.raises(AttributeError):
        lamp.status = "dark"


def test_nothing_starts_in_the_middle_of_its_lifecycle(ann):
    with pytest.raises(TypeError, match="beginning of its lifecycle"):
        Lamp.objects.create(title="Lit from the start", status="lit")


@pytest.mark.parametrize("write", ["update", "bulk_create", "bulk_update"])
def test_querysets_do_not_write_around_the_door(lamp, write):
    arguments = {"update": {"title": "x"}, "bulk_create": {"objs": []}}.get(write, {})

    with pytest.raises(TypeError, match="no Event"):
        getattr(Lamp.objects.all(), write)(**arguments)


def test_the_database_knows_the_statuses(lamp):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE lamps_lamp SET status = 'floating'")


def test_a_second_writer_with_an_old_copy_is_refused(ann, lamp):
    old = Lamp.objects.get(pk=lamp.pk)
    change(lamp, actor=ann, watts=60)

    old.title = "Overwritten"
    with pytest.raises(Conflict):
        old.save()


def test_only_changed_columns_are_written(lamp, django_assert_num_queries):
    lamp.watts = 75
    with django_assert_num_queries(5) as queries:  # savepoint, update, last seal, event, release
        lamp.save()

    update = next(each["sql"] for each in queries.captured_queries if "UPDATE" in each["sql"])
    assert "watts" in update
    assert "title" not in update
    assert Event.of(lamp).last().changes == {"watts": [40, 75]}


def test_a_row_and_its_events_bear_the_same_moment(ann, lamp):
    lamp.light()
    lamp.smash(crack="A hairline.")
    lamp.save()

    *_, lit, smashed = Event.of(lamp)
    assert lit.at == smashed.at == lamp.updated_at == lamp.saving_at


@pytest.mark.parametrize(
    "statement", ["UPDATE core_event SET note = 'x'", "DELETE FROM core_event"]
)
def test_the_database_refuses_to_rewrite_history(lamp, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)

    assert Event.of(lamp).get().note == ""


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL has TRUNCATE")
def test_the_database_refuses_to_truncate_history(lamp):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        # What waits for the commit would refuse it first.
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE core_event CASCADE")


def test_an_event_is_never_saved_twice(lamp):
    with pytest.raises(TypeError):
        Event.of(lamp).get().save()


def test_what_is_deleted_stays_in_the_history(ben, lamp):
    key = lamp.pk
    lamp.delete(actor=ben)

    last = Event.objects.filter(subject_id=str(key), subject_type="lamps.lamp").last()
    assert (last.action, last.actor) == ("deleted", ben)


def test_private_values_never_enter_the_history(ann):
    ann.name = "Ann Example"
    ann.save()

    assert Event.of(ann).last().changes == {"name": None}
