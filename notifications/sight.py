"""Sight of every kind of row at once, and what each is called.

Django words a scope anew whenever it is asked, and here it would be every scope there is, at every look at
one's notifications. So the words that the kernel keeps for each kind of row are put together instead.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import BooleanField, CharField
from django.db.models.expressions import RawSQL

from core.actors import Actor
from core.compiled import PERSON, ROW, Statement
from core.querysets import row_question
from notifications.subjects import subjects

TITLES = ("title", "name", "description")


def in_sight(user: Actor, *, table: str, using: str) -> RawSQL:
    """Whether the subject of a row of this table exists for this person."""
    ways, params = ["1 = 0"], []
    for label, model in subjects().items():
        question = row_question(model, False, using)
        words = question and question.worded_for(user)
        if words and words.sql:
            sql, given = _of_the_subject(words, user, f'"{table}"."subject_id"')
            ways.append(f'("{table}"."subject_type" = %s AND EXISTS ({sql}))')
            params += [label, *given]
    sql = " OR ".join(ways)
    return RawSQL(f"({sql})", params, output_field=BooleanField())  # noqa: S611 - no input, only keys


def title_of_subject(*, table: str) -> RawSQL:
    """What the subject of a row of this table is called now."""
    words = _titles(table)
    return RawSQL(words, [], output_field=CharField())  # noqa: S611 - no input


def _of_the_subject(words: Statement[Any], user: Actor, column: str) -> tuple[str, list[Any]]:
    """A question about one row, asked of the row that the column names."""
    first, *rest = words.sql.split("%s")
    sql, given = [first], []
    for param, piece in zip(words.params, rest, strict=True):
        sql += [column if param == ROW else "%s", piece]
        if param != ROW:
            given.append(user.pk if param == PERSON else param)
    return "".join(sql), given


@cache
def _titles(table: str) -> str:
    ways = (
        f'WHEN \'{label}\' THEN (SELECT "{_title_column(model)}" FROM "{model._meta.db_table}"'  # noqa: S608 - no input
        f' WHERE "{model._meta.pk.column}" = "{table}"."subject_id")'
        for label, model in subjects().items()
    )
    return f'CASE "{table}"."subject_type" {" ".join(ways)} END'


def _title_column(model: Any) -> str:
    columns = {field.name for field in model._meta.concrete_fields}
    return next(each for each in TITLES if each in columns)
