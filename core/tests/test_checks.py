"""A bad declaration does not start: each mistake is named."""

from types import FunctionType

import pytest
from django.apps.registry import Apps
from django.db import models
from django_fsm import transition

from core.checks import _lifecycle, _scope
from core.fields import StatusField
from core.lifecycle import Rule, anyone, needs
from core.models import Record
from core.querysets import ScopedQuerySet


class States(models.TextChoices):
    OFF = "off"
    ON = "on"


def somebody(item, user):
    """Somebody may."""
    return True


def undocumented(item, user):
    return True


def declare(*, queryset=None, status=None, **declaration):
    """A record model with this method as its only transition, in an app registry of its own."""
    field = status or StatusField(States)
    move, name = again(declaration.pop("method")), declaration.pop("name", "switch")
    declaration = {"source": "off", "target": "on", "permission": somebody} | declaration
    meta = type("Meta", (), {"app_label": "lamps", "apps": Apps()})
    members = {
        "__module__": __name__,
        "Meta": meta,
        "status": field,
        "size": models.IntegerField(default=0),
        "hidden": models.IntegerField(default=0, editable=False),
        "creatable": Rule(anyone),
        "objects": (
            queryset or type("Rows", (ScopedQuerySet,), {"for_user": lambda s, u: s})
        ).as_manager(),
    }
    members[name] = transition(field, **declaration)(move)
    return type("Switch", (Record,), members)


def again(method):
    """The same function anew: a declaration leaves its mark on it."""
    fresh = FunctionType(method.__code__, globals())
    fresh.__doc__, fresh.__kwdefaults__ = method.__doc__, method.__kwdefaults__
    return fresh


def good(self, *, size=0):
    """Switch it."""


def silent(self):
    pass


def positional(self, size):
    """Switch it."""


def unknown_input(self, *, colour):
    """Switch it."""


def hidden_input(self, *, hidden):
    """Switch it."""


def complaints(model):
    return [error.msg for error in _lifecycle(model)]


def test_a_good_declaration_starts():
    assert (
        complaints(declare(method=good, conditions=[needs("It is small.", lambda i: True)])) == []
    )


@pytest.mark.parametrize(
    ("declaration", "complaint"),
    [
        ({"method": silent}, "docstring"),
        ({"method": positional}, "keyword-only"),
        ({"method": unknown_input}, "not a field of the model"),
        ({"method": hidden_input}, "not editable"),
        ({"method": good, "source": "*"}, "unknown states"),
        ({"method": good, "target": "broken"}, "unknown states"),
        ({"method": good, "permission": lambda item, user: True}, "named function"),
        ({"method": good, "permission": undocumented}, "named function"),
        ({"method": good, "conditions": [lambda item: True]}, "made by needs()"),
        ({"method": good, "name": "history"}, "another route"),
    ],
)
def test_a_bad_declaration_is_named(declaration, complaint):
    found = complaints(declare(**declaration))

    assert any(complaint in each for each in found), found


def test_a_record_says_what_a_person_may_see():
    model = declare(queryset=type("Careless", (ScopedQuerySet,), {}), method=good)

    assert [error.id for error in _scope(model)] == ["core.E001"]
    with pytest.raises(NotImplementedError):
        model.objects.for_user(None)
