"""Links in the admin: made beside their items, and shown with what they link."""

import pytest
from django.test import Client

from conftest import PASSWORD
from core.lifecycle import create
from core.models import Event
from tickets.models import Link
from tickets.tests.making import report

TICKET = "/admin/tickets/ticket/{}/{}/"


@pytest.fixture
def desk(ben):
    """Ben's browser in the admin."""
    browser = Client()
    browser.post("/sign-in/", {"email": ben.email, "password": PASSWORD})
    return browser


@pytest.fixture
def lamp(ann):
    return report(ann, title="Lamp")


@pytest.fixture
def fuse(ann):
    return report(ann, title="Fuse")


def test_the_page_of_a_ticket_leads_to_a_new_link(desk, ben, lamp, fuse):
    add = TICKET.format(lamp.pk, "link")
    assert f'href="{add}"' in desk.get(TICKET.format(lamp.pk, "change")).content.decode()
    assert desk.get(add).status_code == 200

    page = desk.post(add, {"kind": "blocked_by", "item": fuse.reference.lower()}, follow=True)

    link = Link.objects.get()
    assert str(link) == f"{fuse} blocks {lamp}"
    assert Event.of(link).last().actor == ben
    assert f"Linked: {link}." in page.content.decode()


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ("TCK-999999", "There is no such choice."),
        ("user-1", "Give the reference of a ticket or a request."),
        ("x\x00", "Null characters are not allowed."),
        ("", "This field is required."),
    ],
)
def test_what_cannot_be_linked_is_said_beside_it(desk, lamp, item, sentence):
    page = desk.post(TICKET.format(lamp.pk, "link"), {"kind": "blocks", "item": item})

    assert (page.status_code, page.context["form"].errors["item"]) == (200, [sentence])


def test_a_circle_is_refused_on_the_form(desk, ben, lamp, fuse):
    create(Link.between(lamp, "blocks", fuse), actor=ben)

    page = desk.post(TICKET.format(fuse.pk, "link"), {"kind": "blocks", "item": lamp.reference})

    assert "that would be a circle" in page.content.decode()
    assert Link.objects.count() == 1


def test_a_link_leads_to_both_of_its_items(desk, ben, lamp, fuse):
    link = create(Link.between(lamp, "relates_to", fuse), actor=ben)

    for url in ("/admin/tickets/link/", f"/admin/tickets/link/{link.pk}/change/"):
        page = desk.get(url).content.decode()
        for item in (lamp, fuse):
            assert f'<a href="{TICKET.format(item.pk, "change")}">{item}</a> {item.title}' in page
        assert "relates to" in page
