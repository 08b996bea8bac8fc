"""Nothing escapes conformance for want of an example."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group

from core.lifecycle import declared
from core.registry import lifecycles
from tests.conformance.discovery import surfaces
from tests.conformance.examples import EXAMPLES, example_of

SHOWN = {surface.model for surface in surfaces()} | set(admin.site._registry) - {Group}
NEEDED = sorted(SHOWN | set(lifecycles()), key=lambda model: model.__name__)


@pytest.mark.parametrize("model", NEEDED, ids=lambda model: model.__name__)
def test_every_model_that_is_shown_has_an_example(model):
    assert example_of(model)


@pytest.mark.parametrize("model", EXAMPLES, ids=lambda model: model.__name__)
def test_an_example_has_a_value_for_every_input(model):
    asked = {name for each in declared(model).values() for name in each.inputs}

    missing = asked - set(EXAMPLES[model].inputs)

    assert not missing, (
        f"Add {', '.join(missing)} to the inputs of {model.__name__} in examples.py."
    )


@pytest.mark.parametrize("model", EXAMPLES, ids=lambda model: model.__name__)
def test_an_example_is_new_every_time(people, model):
    make = EXAMPLES[model].make

    assert make(people).pk != make(people).pk


def test_a_model_without_example_says_what_to_add():
    with pytest.raises(LookupError, match=r"Add an example of Group to EXAMPLES"):
        example_of(Group)
