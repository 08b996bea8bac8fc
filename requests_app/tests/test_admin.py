"""The queue in the admin."""

import pytest
from django.test import Client
from django.urls import reverse

from conftest import PASSWORD
from requests_app.models import RequestType, ServiceRequest
from requests_app.tests.making import FORM, a_type, ask

QUEUE = "/admin/requests_app/servicerequest/"


@pytest.fixture
def staff():
    """A browser that somebody has signed in with."""

    def sign_in(user):
        browser = Client()
        page = browser.post(
            reverse("portal:sign-in"),
            {"email": user.email, "password": PASSWORD, "username": user.email},
        )
        assert page.status_code == 302, page.content
        return browser

    return sign_in


def test_the_queue_is_filtered_searched_and_cheap(
    staff, ann, zoe, ben, django_assert_max_num_queries
):
    wanted = ask(ann, title="Lamp")
    for _ in range(10):
        ask(zoe, title="Desk")
    browser = staff(ben)

    with django_assert_max_num_queries(8):
        page = browser.get(QUEUE).content.decode()
    assert page.count("Desk</a>") == 10
    found = browser.get(QUEUE, {"q": wanted.reference}).content.decode()
    assert ("Lamp</a>" in found, "Desk</a>" in found) == (True, False)
    for parameters in ({"status__exact": "denied"}, {"overdue": "yes"}, {"waiting": "me"}):
        assert "Lamp</a>" not in browser.get(QUEUE, parameters).content.decode()


def test_staff_decide_by_buttons(staff, ada, mia, request_of_ann):
    browser = staff(ada)
    page = browser.get(f"{QUEUE}{request_of_ann.pk}/change/").content.decode()
    assert f"{QUEUE}{request_of_ann.pk}/transition/approve/" in page

    browser.post(f"{QUEUE}{request_of_ann.pk}/transition/approve/", {"note": "Fine."})

    request_of_ann.refresh_from_db()
    assert request_of_ann.status == "approved"
    page = browser.get(f"{QUEUE}{request_of_ann.pk}/change/").content.decode()
    assert "Fine." in page


def test_wrong_answers_are_said_at_the_form(staff, ben, ann):
    kind = a_type(1, name="Desk", form=FORM)
    fields = {
        "title": "A desk",
        "request_type": kind.pk,
        "department": ann.department_id,
        "priority": "low",
        "requester": ann.pk,
        "answers": '{"model": "huge"}',
        "decisions-TOTAL_FORMS": 0,
        "decisions-INITIAL_FORMS": 0,
    }
    browser = staff(ben)

    page = browser.post(f"{QUEUE}add/", fields)
    assert "model: Choose one of: small, large." in page.content.decode()

    browser.post(f"{QUEUE}add/", fields | {"answers": '{"model": "small"}'})
    made = ServiceRequest.objects.get()
    assert (made.requester, made.created_by) == (ann, ben)


def test_admins_edit_the_catalogue_and_agents_look(staff, ada, ben):
    kind = a_type(1)
    url = f"/admin/requests_app/requesttype/{kind.pk}/change/"
    fields = {
        "name": "Renamed",
        "slug": kind.slug,
        "category": kind.category_id,
        "form": '{"type": "array"}',
        "approvals_needed": 2,
        "is_active": "on",
    }

    assert staff(ben).post(url, fields).status_code == 403
    assert "A form is a JSON Schema" in staff(ada).post(url, fields).content.decode()
    staff(ada).post(url, fields | {"form": '{"type": "object"}'})
    kind.refresh_from_db()
    assert (kind.name, kind.approvals_needed) == ("Renamed", 2)
    assert RequestType.objects.get(pk=kind.pk).version == 2


@pytest.mark.parametrize(
    "answers",
    [r'{"a": "\ud800"}', r'{"a": "\u0000"}', '{"a": NaN}', "[" * 100_000, "1" + "0" * 5_000],
)
def test_answers_that_could_not_be_shown_again_are_not_kept(staff, ben, ann, answers):
    fields = {
        "title": "A desk",
        "request_type": a_type(1, name="Desk", form={"type": "object"}).pk,
        "department": ann.department_id,
        "priority": "low",
        "requester": ann.pk,
        "answers": answers,
        "decisions-TOTAL_FORMS": 0,
        "decisions-INITIAL_FORMS": 0,
    }

    page = staff(ben).post(f"{QUEUE}add/", fields)

    assert "answers" in page.context["adminform"].form.errors
    assert not ServiceRequest.objects.exists()
