"""What `visible_row()` keeps in SQL is what Django would say now, for everybody and at any time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import router
from psycopg.types.json import Jsonb

from core import clock, compiled
from core.querysets import row_question, visible_rows

COMPILED = [
    model
    for model in apps.get_models()
    if row_question(model, True, router.db_for_write(model)) is not None
]


def comparable(sql, values):
    """PostgreSQL's wrapper of JSON knows no equality; what is in it does."""
    return sql, [each.obj if isinstance(each, Jsonb) else each for each in values]


def said_now(model, person, key, *, shown):
    rows = visible_rows(model, person)
    rows = rows.for_display() if shown else rows
    try:
        return rows.filter(pk=key).query.sql_with_params()
    except EmptyResultSet:
        return "", ()


def kept(model, person, key, *, shown):
    question = row_question(model, shown, router.db_for_write(model))
    statement = question.worded_for(person)
    return statement.sql, statement.filled(
        {compiled.ROW: key, compiled.PERSON: person and person.pk}
    )


@pytest.mark.parametrize("shown", [True, False], ids=["shown", "bare"])
@pytest.mark.parametrize("model", COMPILED, ids=lambda model: model.__name__)
def test_kept_words_are_those_of_now(people, model, shown):
    everybody = [None, people.ada, people.ben, people.mia, people.tom, people.ann, people.zoe]
    for person in everybody:
        kept(model, person, 1, shown=shown)

    with clock.at(clock.now() + timedelta(days=400)):
        for person in everybody:
            fresh = said_now(model, person, 42, shown=shown)
            words = kept(model, person, 42, shown=shown)

            assert comparable(*words) == comparable(*fresh)


def test_most_models_are_among_them():
    assert len(COMPILED) > 20
