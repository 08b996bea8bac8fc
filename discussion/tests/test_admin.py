"""Comments in the admin: on the page of their item, and all in one list."""

import pytest
from django.test import Client
from django.urls import reverse

from conftest import PASSWORD
from core.lifecycle import create
from discussion.models import Comment


@pytest.fixture
def browser(ben):
    client = Client()
    client.post("/sign-in/", {"email": ben.email, "password": PASSWORD})
    return client


def page(name, item):
    return reverse(f"admin:lamps_lamp_{name}", args=[item.pk])


def test_an_agent_reads_and_writes_on_the_page_of_the_item(browser, ann, ben, lamp):
    create(Comment(body="It **flickers**.").attach_to(lamp), actor=ann)
    create(Comment(body="Again?", is_internal=True).attach_to(lamp), actor=ben)

    shown = browser.get(page("change", lamp)).content.decode()
    assert "<strong>flickers</strong>" in shown
    assert "ft-comment--internal" in shown

    said = {"body": "We order one.", "internal": ""}
    answer = browser.post(page("comment", lamp), said, follow=True)
    assert "Written for everybody who sees it." in answer.content.decode()
    written = Comment.objects.of(lamp).last()
    assert (written.body, written.is_internal, written.author) == ("We order one.", False, ben)


def test_markup_in_a_comment_is_only_words(browser, ann, lamp):
    create(Comment(body="<script>alert(1)</script>").attach_to(lamp), actor=ann)

    shown = browser.get(page("change", lamp)).content.decode()

    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_what_is_refused_comes_back_with_what_was_typed(browser, lamp):
    answer = browser.post(page("comment", lamp), {"body": "x" * 10_001, "internal": "on"})

    assert answer.status_code == 200
    assert "x" * 10_001 in answer.content.decode()
    assert not Comment.objects.exists()


def test_taking_away_from_the_list(browser, ann, lamp):
    comment = create(Comment(body="Swordfish.").attach_to(lamp), actor=ann)
    one = reverse("admin:discussion_comment_transition", args=[comment.pk, "redact"])

    browser.post(one, {"note": "A password."})

    assert Comment.objects.get(pk=comment.pk).is_redacted
    shown = browser.get(reverse("admin:discussion_comment_change", args=[comment.pk]))
    assert "Swordfish" not in shown.content.decode()


def test_whoever_has_written_is_led_back_to_the_discussion(browser, lamp):
    answer = browser.post(page("comment", lamp), {"body": "We order one."})

    assert answer["Location"] == f"{page('change', lamp)}#discussion-heading"


def test_the_list_says_what_was_written_and_for_whom(browser, ann, ben, lamp):
    create(Comment(body="It\n\n" + "flickers " * 20).attach_to(lamp), actor=ann)
    create(Comment(body="Again?", is_internal=True).attach_to(lamp), actor=ben)
    everything = reverse("admin:discussion_comment_changelist")

    shown = browser.get(everything, {"subject_type": "lamps.lamp"}).content.decode()
    assert "It flickers flickers" in shown
    assert "flickers " * 15 not in shown
    assert shown.count('<span class="ft-status ft-status--held">Internal</span>') == 1

    others = browser.get(everything, {"subject_type": "tickets.ticket"})
    assert len(others.context["cl"].result_list) == 0
