"""Every admin page of records: who gets in, what a form may change, and that each change leaves its Event."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from core.lifecycle import available, declared, offered, refused_by
from core.models import Event
from tests.conformance.admin_forms import as_shown, as_text, as_typed
from tests.conformance.calls import arrive, inputs, inputs_as_json
from tests.conformance.discovery import record_admins
from tests.conformance.examples import example_of

pytestmark = pytest.mark.once

every_admin = pytest.mark.parametrize(
    "model", [each.model for each in record_admins()], ids=lambda model: model.__name__
)
every_form = pytest.mark.parametrize(
    "model",
    [each.model for each in record_admins() if each.is_written_here],
    ids=lambda model: model.__name__,
)
every_transition = pytest.mark.parametrize(
    ("model", "name"),
    [
        pytest.param(each.model, name, id=f"{each.model.__name__} {name}")
        for each in record_admins()
        for name in offered(each.model)
    ],
)


def page_of(model, page, *keys):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=keys)


def events_of(item):
    return [(event.action, event.actor and event.actor.name) for event in Event.of(item)]


def staff_who_sees(item, people):
    seen = type(item).objects.for_user(people.ben).filter(pk=item.pk).exists()
    return people.ben if seen else people.ada


def ready(model, name, people):
    """An item on which one of the staff may perform the transition, and who."""
    item, _ = arrive(example_of(model).make(people), name, people)
    able = [each for each in (people.ben, people.ada) if name in available(item, each)]
    assert able, f"Nobody of the staff may {name}."
    return item, able[0]


@every_admin
def test_the_staff_look_at_everything_and_others_at_nothing(people, browser_of, model):
    item = example_of(model).make(people)
    pages = [page_of(model, "changelist")]
    pages += [page_of(model, page, item.pk) for page in ("change", "history")]

    for person in (staff_who_sees(item, people), people.ada, people.ann, None):
        browser, status = browser_of(person), 200 if person and person.is_agent else 302
        found = {page: browser.get(page).status_code for page in pages}
        assert found == dict.fromkeys(pages, status), person


@every_admin
def test_a_transition_asks_for_its_inputs_only_where_it_is_possible(people, browser_of, model):
    item = example_of(model).make(people)

    for person in (staff_who_sees(item, people), people.ada):
        shown = model.objects.for_user(person).for_display().get(pk=item.pk)
        for name in offered(model):
            answer = browser_of(person).get(page_of(model, "transition", item.pk, name))
            possible = name in available(shown, person)
            assert answer.status_code == (200 if possible else 302), (person, name)


@every_form
def test_who_may_create_may_add(people, browser_of, model):
    for person in (people.ben, people.ada):
        may = refused_by(model.creatable, model(), person) is None

        assert browser_of(person).get(page_of(model, "add")).status_code == (200 if may else 403)


@every_form
def test_adding_leaves_its_event(people, browser_of, model):
    if refused_by(model.creatable, model(), people.ada):
        return
    ada, url = browser_of(people.ada), page_of(model, "add")
    known = set(model.objects.values_list("pk", flat=True))
    body = example_of(model).body(people)

    page = ada.get(url)
    answer = ada.post(url, {**as_shown(page), **as_text(body, page)})

    assert answer.status_code == 302, answer.context["errors"]
    added = model.objects.exclude(pk__in=known).get()
    assert events_of(added) == [("created", "Ada")]


@every_form
def test_saving_what_is_shown_changes_nothing(people, browser_of, model):
    item, ada = example_of(model).make(people), browser_of(people.ada)
    url = page_of(model, "change", item.pk)
    before = events_of(item)

    assert ada.post(url, as_shown(ada.get(url))).status_code == 302

    assert events_of(item) == before


@every_form
def test_changing_leaves_one_event(people, browser_of, model):
    item, ada = example_of(model).make(people), browser_of(people.ada)
    url, before = page_of(model, "change", item.pk), events_of(item)

    answer = ada.post(url, {**as_shown(ada.get(url)), **example_of(model).edit})

    assert answer.status_code == 302, answer.context["errors"]
    assert events_of(item) == [*before, ("changed", "Ada")]


@every_form
def test_what_was_changed_meanwhile_is_not_overwritten(people, browser_of, model):
    item, ada = example_of(model).make(people), browser_of(people.ada)
    url, edit = page_of(model, "change", item.pk), example_of(model).edit
    seen = as_shown(ada.get(url))
    ada.post(url, {**seen, **edit})
    before = events_of(item)

    answer = ada.post(url, seen)

    assert answer.status_code == 200
    assert events_of(item) == before


@every_admin
def test_nothing_is_deleted(people, browser_of, model):
    item, ada = example_of(model).make(people), browser_of(people.ada)

    assert ada.post(page_of(model, "delete", item.pk), {"post": "yes"}).status_code == 403
    body = {"action": "delete_selected", ACTION_CHECKBOX_NAME: [item.pk], "post": "yes"}
    ada.post(page_of(model, "changelist"), body)

    assert model.objects.filter(pk=item.pk).exists()


@every_admin
def test_a_status_is_not_a_field_of_a_form(people, browser_of, model):
    item, ada = example_of(model).make(people), browser_of(people.ada)
    url = page_of(model, "change", item.pk)
    before = model.objects.filter(pk=item.pk).values().get()
    shown = as_shown(ada.get(url))

    for name in offered(model):
        target = declared(model)[name].target
        owned = {**inputs_as_json(model, name, people), "status": target or "nonsense"}
        ada.post(url, {**shown, **owned})

        assert model.objects.filter(pk=item.pk).values().get() == before, name


@every_transition
def test_a_button_performs_its_transition(people, browser_of, model, name):
    item, by = ready(model, name, people)
    browser, url = browser_of(by), page_of(model, "transition", item.pk, name)
    required = [each.name for each in declared(model)[name].inputs.values() if each.required]
    before, shown = events_of(item), browser.get(url)

    refused = browser.post(url, {"note": "x" * 2_001})
    assert refused.status_code == 200
    assert set(refused.context["form"].errors) == {*required, "note"}
    assert events_of(item) == before

    answer = browser.post(url, {**as_typed(shown, inputs(model, name, people)), "note": "Agreed."})
    assert answer.status_code == 302, answer.context["form"].errors
    assert events_of(item) == [*before, (name, by.name)]


@every_transition
def test_a_bulk_action_performs_on_each(people, browser_of, model, name):
    ready_ones = [ready(model, name, people) for _ in range(2)]
    items, by = [item for item, _ in ready_ones], ready_ones[0][1]
    before = [events_of(item) for item in items]
    chosen = {"action": name, ACTION_CHECKBOX_NAME: [item.pk for item in items]}
    browser, url = browser_of(by), page_of(model, "changelist")

    asked = browser.post(url, chosen)
    typed = as_typed(asked, inputs(model, name, people))
    done = browser.post(url, {**chosen, "confirmed": "1", **typed})

    assert (asked.status_code, done.status_code) == (200, 302)
    assert [events_of(item) for item in items] == [[*each, (name, by.name)] for each in before]
