"""Lists of the admin answer only what their page offers, whatever stands in the address."""

import pytest
from django.test import Client
from django.urls import reverse

from conftest import PASSWORD
from requests_app.models import ServiceRequest
from requests_app.tests.making import ask

LISTS = ["accounts_user", "accounts_substitution", "requests_app_servicerequest"]


@pytest.fixture
def desk(ben):
    """Ben's browser."""
    client = Client(raise_request_exception=False)
    client.post("/sign-in/", {"email": ben.email, "password": PASSWORD})
    return client


def of(name):
    return reverse(f"admin:{name}_changelist")


def test_nobody_guesses_a_password_hash_letter_by_letter(desk, ada):
    answer = desk.get(of("accounts_user"), {"password__startswith": ada.password[:20]})

    assert answer.status_code == 400


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "asked", ["id__regex", "created_at__year", "id__range", "created_by__password__contains"]
)
def test_no_other_comparison_reaches_the_database(desk, name, asked):
    assert desk.get(of(name), {asked: "9" * 20}).status_code == 400


def test_what_the_page_offers_still_filters(desk, ann, departments):
    ask(ann)
    offered = {
        "status__exact": "pending",
        "department__id__exact": departments["corporate"].pk,
        "request_type__category__id__exact": ServiceRequest.objects.get().request_type.category_id,
    }
    page = desk.get(of("requests_app_servicerequest"), offered)
    none = desk.get(of("requests_app_servicerequest"), offered | {"overdue": "yes"})

    assert [len(each.context["cl"].result_list) for each in (page, none)] == [1, 0]


@pytest.mark.parametrize("name", ["accounts_user", "requests_app_servicerequest"])
def test_a_search_of_a_thousand_words_is_answered(desk, name):
    assert desk.get(of(name), {"q": "lamp " * 2_000}).status_code == 200


@pytest.mark.parametrize("chosen", ["x", "9" * 30])
def test_what_is_no_row_is_not_chosen(desk, chosen):
    form = {"action": "approve", "_selected_action": [chosen]}

    assert desk.post(of("requests_app_servicerequest"), form).status_code == 400


def test_a_choice_that_is_no_key_comes_back_as_a_form(desk):
    add = reverse("admin:requests_app_servicerequest_add")

    assert desk.get(add, {"requester": "x"}).status_code == 200
    assert desk.post(add, {"requester": "x", "department": "9" * 30}).status_code == 200
