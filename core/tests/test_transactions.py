"""A transaction that the database gave up for another is tried again, all of it."""

import sqlite3

import psycopg
import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, InterfaceError, OperationalError

from core.errors import Unavailable
from core.transactions import (
    RETRIES,
    atomic_with_retry,
    is_lock_timeout,
    is_outage,
    may_be_retried,
)


def wrapped(cause):
    error = OperationalError(*cause.args)
    error.__cause__ = cause
    return error


def of_sqlite(name):
    cause = sqlite3.OperationalError("database is locked")
    cause.sqlite_errorname = name
    return wrapped(cause)


class Work:
    """Fails a few times, then succeeds; leaves a row each time it gets so far."""

    def __init__(self, *errors):
        self.errors = list(errors)
        self.runs = 0

    def __call__(self):
        self.runs += 1
        Group.objects.create(name=f"run {self.runs}")
        if self.errors:
            raise self.errors.pop()
        return self.runs


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    monkeypatch.setattr("core.transactions.time.sleep", lambda _: None)


@pytest.mark.django_db(transaction=True)
def test_a_victim_tries_again_from_a_clean_state():
    work = Work(
        wrapped(psycopg.errors.DeadlockDetected()),
        wrapped(psycopg.errors.SerializationFailure()),
        of_sqlite("SQLITE_BUSY_SNAPSHOT"),
    )

    assert atomic_with_retry(work) == RETRIES + 1
    assert [group.name for group in Group.objects.all()] == ["run 4"]


@pytest.mark.django_db(transaction=True)
def test_patience_ends_with_a_polite_no():
    work = Work(*[wrapped(psycopg.errors.DeadlockDetected()) for _ in range(9)])

    with pytest.raises(Unavailable):
        atomic_with_retry(work)

    assert work.runs == RETRIES + 1
    assert not Group.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_other_errors_are_not_repeated():
    work = Work(IntegrityError())

    with pytest.raises(IntegrityError):
        atomic_with_retry(work)

    assert work.runs == 1
    assert not Group.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_only_the_outermost_starts_again():
    inner = Work(wrapped(psycopg.errors.DeadlockDetected()))
    outer_runs = []

    def outer():
        outer_runs.append(1)
        return atomic_with_retry(inner)

    assert atomic_with_retry(outer) == 2
    assert (len(outer_runs), inner.runs) == (2, 2)


@pytest.mark.parametrize(
    ("error", "again", "lock", "outage"),
    [
        (wrapped(psycopg.errors.DeadlockDetected()), True, False, True),
        (wrapped(psycopg.errors.LockNotAvailable()), False, True, True),
        (wrapped(psycopg.errors.QueryCanceled()), False, False, True),
        (wrapped(psycopg.OperationalError("connection refused")), False, False, True),
        (InterfaceError("connection already closed"), False, False, True),
        (of_sqlite("SQLITE_BUSY"), True, True, True),
        (of_sqlite("SQLITE_CANTOPEN"), False, False, True),
        (of_sqlite("SQLITE_ERROR"), False, False, False),
        (IntegrityError(), False, False, False),
        (ValueError(), False, False, False),
    ],
)
def test_what_an_error_of_the_database_means(error, again, lock, outage):
    assert (may_be_retried(error), is_lock_timeout(error), is_outage(error)) == (
        again,
        lock,
        outage,
    )
