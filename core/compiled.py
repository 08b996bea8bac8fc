"""Questions that are asked at every read and write, put into SQL once.

Django words a statement anew whenever it is asked. For one row with its joins that takes several times
as long as the database needs for the answer, and every write asks for its row twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from copy import copy
from itertools import pairwise
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet

from core.actors import Actor

M = TypeVar("M", bound=Model)
ROW = -(2**62)
"""Stands in for the primary key of the row."""

PERSON = ROW + 1
"""Stands in for the primary key of whoever asks."""

STAND_INS = (ROW, PERSON)
MOST_WAYS = 1_000


class Statement(Generic[M]):
    """A queryset in SQL, in which values take the place of their stand-ins each time it is asked."""

    def __init__(self, rows: QuerySet[M], *, stand_ins: Collection[Any] = STAND_INS) -> None:
        self._rows = rows
        self._compiler = rows.query.get_compiler(rows.db)
        try:
            self.sql, self.params = self._compiler.as_sql()
        except EmptyResultSet:
            self.sql, self.params = "", ()
        self._places = [n for n, param in enumerate(self.params) if param in stand_ins]

    def rows(self, values: Mapping[Any, Any]) -> list[M]:
        """What the database answers with these values, by their stand-ins."""
        if not self.sql:
            return []
        asked = self._rows.all()
        compiler: Any = copy(self._compiler)
        compiler.connection = connections[self._rows.db]  # a thread has its own
        words = self.sql, self.filled(values)
        compiler.as_sql = lambda *_args, **_options: words
        asked.query.get_compiler = lambda *_args, **_options: compiler  # type: ignore[method-assign]
        return list(asked)

    def filled(self, values: Mapping[Any, Any]) -> tuple[Any, ...]:
        """Its parameters with these values in the places of their stand-ins."""
        params = list(self.params)
        for n in self._places:
            params[n] = values[params[n]]
        return tuple(params)


class Asked:
    """Stands in for whoever asks while a question is put together, and notes what it was asked.

    Its key becomes a value of the statement; all the rest decides how the statement is worded.
    """

    pk = PERSON

    def __init__(self, person: Actor) -> None:
        self._person = person
        self.answers: dict[str, Hashable] = {}

    def __getattr__(self, name: str) -> Any:
        self.answers[name] = answer = answer_of(self._person, name)
        return (lambda: answer) if callable(getattr(self._person, name)) else answer


def answer_of(person: Actor, name: str) -> Hashable:
    """What this person says when asked for an attribute, or a method without parameters."""
    found = getattr(person, name)
    answer: Hashable = found() if callable(found) else found
    return answer


class Fork:
    """Statements differ by what a person answers here."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.ways: dict[Hashable, Fork | Statement[Any]] = {}


class Statements:
    """One question, in the words that it has for each kind of person who asks it."""

    def __init__(self, put: Callable[[Any], QuerySet[Any]]) -> None:
        self._put = put
        self._root = Fork("")
        self._many = 0

    def worded_for(self, person: Actor | None) -> Statement[Any]:
        """The statement for this person; worded now if nobody like them has asked."""
        way: Fork | Statement[Any] | None = self._root.ways.get(person is None)
        while isinstance(way, Fork):
            way = way.ways.get(answer_of(person, way.name))  # type: ignore[arg-type]
        return way or self._worded(person)

    def _worded(self, person: Actor | None) -> Statement[Any]:
        asked = None if person is None else Asked(person)
        statement = Statement(self._put(asked))
        if self._many >= MOST_WAYS:
            self._root, self._many = Fork(""), 0
        self._keep(statement, {"": person is None} | (asked.answers if asked else {}))
        return statement

    def _keep(self, statement: Statement[Any], answers: Mapping[str, Hashable]) -> None:
        fork, names = self._root, list(answers)
        for name, following in pairwise(names):
            fork = fork.ways.setdefault(answers[name], Fork(following))  # type: ignore[assignment]
        fork.ways[answers[names[-1]]] = statement
        self._many += 1
