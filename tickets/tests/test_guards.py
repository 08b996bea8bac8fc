"""What the database itself refuses, however a row is written."""

import re
from datetime import UTC, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, NotSupportedError, connection, models, transaction

from core.db import no_overlap
from core.db.no_overlap import NoOverlap
from core.lifecycle import perform
from tickets.models import Tag, Ticket
from tickets.states import BOOKED
from tickets.tests.making import ordered, report

EIGHT = datetime(2031, 3, 3, 8, tzinfo=UTC)
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only PostgreSQL has exclusion constraints"
)


def written(item, **columns):
    """The row with these columns, past every rule of ours."""
    rows = models.QuerySet(type(item)).filter(pk=item.pk)
    with transaction.atomic():
        return rows.update(**columns)


def settle():
    """Check now what is checked at the end of a transaction: only then a table can be altered."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def booked(ben):
    """A work order that takes ben's time from eight to ten."""
    return perform(_scheduled(ben, 0), "dispatch", actor=ben, assignee=ben)


def _scheduled(ben, start):
    begins = EIGHT + timedelta(hours=start)
    ends = begins + timedelta(hours=2)
    return perform(ordered(ben), "schedule", actor=ben, scheduled_start=begins, scheduled_end=ends)


@on_postgresql
def test_two_windows_of_one_assignee_do_not_overlap(booked, ben):
    for start in (-1, 0, 1):
        with pytest.raises(IntegrityError, match="tickets_work_order_not_booked_twice"):
            written(_scheduled(ben, start), status="dispatched", assignee=ben)

    for start in (-2, 2):
        assert written(_scheduled(ben, start), status="dispatched", assignee=ben) == 1


@on_postgresql
def test_only_what_takes_somebodys_time_counts(booked, ben, carl):
    assert written(_scheduled(ben, 0), assignee=ben) == 1
    assert written(_scheduled(ben, 0), status="dispatched", assignee=carl) == 1
    assert written(ordered(ben), status="dispatched", assignee=ben) == 1


@pytest.mark.parametrize(
    "columns",
    [
        {"scheduled_start": EIGHT},
        {"scheduled_end": EIGHT},
        {"scheduled_start": EIGHT, "scheduled_end": EIGHT},
        {"scheduled_start": EIGHT, "scheduled_end": EIGHT - timedelta(hours=1)},
        {"status": "lost"},
    ],
)
def test_a_window_is_whole_and_runs_forwards(ben, columns):
    with pytest.raises(IntegrityError):
        written(ordered(ben), **columns)


def test_a_ticket_does_not_follow_itself(ann):
    ticket = report(ann)

    with pytest.raises(IntegrityError):
        written(ticket, merged_into=ticket.pk)


@on_postgresql
def test_the_constraint_comes_and_goes_with_its_migration(booked, ben):
    guard = NoOverlap(
        "WorkOrder",
        name="tickets_work_order_not_booked_twice",
        owner="assignee",
        start="scheduled_start",
        end="scheduled_end",
        condition="status = 'dispatched'",
    )
    state = SimpleNamespace(apps=apps)
    settle()

    with connection.schema_editor() as editor:
        guard.database_backwards("tickets", editor, state, state)
    assert written(_scheduled(ben, 1), status="dispatched", assignee=ben) == 1
    settle()
    with pytest.raises(IntegrityError), connection.schema_editor() as editor:
        guard.database_forwards("tickets", editor, state, state)


@on_postgresql
def test_who_may_not_make_the_extension_is_told_what_to_do(db, monkeypatch):
    monkeypatch.setattr(no_overlap, "_is_installed", lambda connection: False)
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE guest")
        cursor.execute("DROP EXTENSION btree_gist CASCADE")
        cursor.execute("SET LOCAL ROLE guest")

    with (
        pytest.raises(NotSupportedError, match="CREATE EXTENSION btree_gist;"),
        connection.schema_editor() as editor,
    ):
        no_overlap._ensure_extension(editor)


@on_postgresql
def test_tickets_are_found_by_their_tags_with_an_index(ann, ben):
    Tag(slug="vpn").save()
    report(ben, tags=["vpn"])

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Ticket.objects.filter(tags__has_element="vpn").order_by().explain()

    assert "tickets_ticket_tags" in plan


def test_the_constraint_speaks_of_the_statuses_that_book():
    """Its condition is SQL, so the statuses are written there once more."""
    migration = import_module("tickets.migrations.0001_initial").Migration
    guard = next(each for each in migration.operations if isinstance(each, NoOverlap))

    assert set(re.findall(r"'(\w+)'", guard.condition)) == set(BOOKED)
