"""A history from before the ledger is sealed once, in its order."""

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import QuerySet

from core.ledger.checking import verify
from core.models import Event
from tests.lamps.models import Lamp

pytestmark = pytest.mark.django_db(transaction=True)


def migrate_core(name):
    MigrationExecutor(connection).migrate([("core", name)])


def test_what_is_there_already_is_sealed(lamps):
    before = list(Event.objects.order_by("pk").values_list("pk", "at", "action", "changes"))
    try:
        migrate_core("0001_initial")
    finally:
        migrate_core("0003_ledger_checks")

    assert list(Event.objects.order_by("pk").values_list("pk", "at", "action", "changes")) == before
    assert verify().events == len(before)
    assert [each.sequence for each in Event.of(lamps[0])] == [1, 2, 3, 4]
    with pytest.raises(IntegrityError, match="append-only"):
        QuerySet(Event).filter(subject_type=Lamp._meta.label_lower).update(hash="")
