"""What agents write again and again: filled in for each ticket, as text and never as code."""

from datetime import UTC, datetime
from html import escape

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Team
from core.errors import InvalidInput, NotPermitted
from core.lifecycle import create
from discussion.markdown import html_of
from tickets.models import CannedReply, Ticket
from tickets.placeholders import PLACEHOLDERS, literally, refuse_unknown
from tickets.tests.making import report

URL = "/api/canned-replies/"


@pytest.fixture
def reply(ben):
    """Makes a reply with this body."""
    return lambda body, **fields: create(
        CannedReply(title="On our way", body=body, **fields), actor=ben
    )


def test_a_reply_is_filled_in(ann, ben, reply):
    ticket = report(ann, title="The lamp is dark")
    greeting = reply(
        "Hello {{ requester.first_name }},\n\n{{ticket.reference}} is {{ ticket.status }}."
        " {{ assignee.name }} will come. — {{ agent.name }}"
    )

    assert greeting.for_ticket(ticket, agent=ben) == (
        f"Hello Ann,\n\n{ticket.reference} is new. nobody yet will come. — Ben"
    )


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_every_placeholder_has_words_also_where_there_is_nothing(ann, ben, reply, name):
    ticket = report(ann)

    filled = reply(f"{{{{ {name} }}}}").for_ticket(ticket, agent=ben)

    assert filled
    assert "{{" not in filled
    assert "None" not in filled


def test_moments_are_in_the_companys_own_time_and_words(ann, ben, reply):
    ticket = Ticket.objects.get(pk=report(ann).pk)
    ticket.due_at = datetime(2026, 7, 3, 12, 30, tzinfo=UTC)

    assert "2026" in reply("{{ ticket.due }}").for_ticket(ticket, agent=ben)
    ticket.due_at = None
    assert reply("{{ ticket.due }}").for_ticket(ticket, agent=ben) == "no date yet"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("Hello {{ requester.password }}", "{{ requester.password }}"),
        ("{{ ticket.requester.sessions }}", "{{ ticket.requester.sessions }}"),
        ("{{ }}", "{{  }}"),
        ("{{ ticket.title|safe }}", "{{ ticket.title|safe }}"),
        ("{{ Ticket.Title }}", "{{ Ticket.Title }}"),
        ("Hello {{ ticket.title", "“{{ ticket.title”"),
        ("Hello ticket.title }}, you", "“}}, you”"),
        ("{{ {{ ticket.title }}", "“{{"),
        ("{{{ ticket.title }}} }}", "“}}”"),
    ],
)
def test_anything_else_is_refused_and_named(reply, body, named):
    with pytest.raises(InvalidInput) as refused:
        reply(body)

    [error] = refused.value.errors
    assert (error.field, error.code) == ("body", "unknown_placeholder")
    assert named in error.message
    assert "There are: {{ ticket.reference }}, {{ ticket.title }}" in error.message


def test_single_braces_are_just_braces(reply):
    assert reply("{ a } {% if %} {{{ ticket.title }}}").pk


def test_a_body_full_of_braces_is_read_quickly():
    with pytest.raises(ValidationError):
        refuse_unknown("{{" * 5_000 + "{{ a" * 5_000)


def test_what_is_filled_in_is_not_read_again(ann, ben, reply):
    ticket = report(ann, title="{{ agent.name }}")

    assert reply("{{ ticket.title }}").for_ticket(ticket, agent=ben) == r"\{\{ agent\.name \}\}"


HOSTILE = [
    "[Sign in](https://evil.example)",
    "![x](https://evil.example/pixel.png)",
    "<https://evil.example>",
    "<script>alert(1)</script>",
    "*bold* _thin_ `code` ~~gone~~ **x**",
    "# Heading",
    "\n\n# Heading\n\n- list\n\n    code",
    "- list",
    "+ list",
    "1. list",
    "1) list",
    "> quote",
    "| a | b |\n|---|---|\n| c | d |",
    "---",
    "===",
    "[ref]: https://evil.example",
    "&lt;b&gt; &copy;",
    r"\[x](https://evil.example)\\",
    "```\nfence",
    "www.evil.example https://evil.example someone@evil.example @ben",
]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("around", ["{}", "Hello {}!", "- {}", "**{}**", "Title\n{}", "{}\nmore"])
def test_a_hostile_name_stays_a_name(words, around):
    plain = html_of(around.format("PLACE"))

    shown = html_of(around.format(literally(words)))

    assert shown == plain.replace("PLACE", escape(" ".join(words.split()), quote=False))


def test_ordinary_names_stay_readable():
    assert literally("Anne-Marie O'Brien, M") == "Anne-Marie O'Brien, M"


def test_agents_write_and_others_find_nothing(as_, ann, ben, ada):
    desk, team = as_(ben), create(Team(name="Desk"), actor=ada)
    body = {"title": "Hello", "body": "Hello {{ requester.name }}", "team": team.pk}

    made = desk.post(URL, body, format="json")
    assert made.status_code == 201, made.content
    assert made.json()["team"] == {"id": team.pk, "name": "Desk"}
    edited = desk.patch(made["Location"], {"title": "Welcome"}, format="json")
    assert edited.json()["title"] == "Welcome"
    refused = desk.patch(made["Location"], {"body": "{{ secret }}"}, format="json").json()
    assert [error["code"] for error in refused["errors"]] == ["unknown_placeholder"]

    assert as_(ann).get(URL).json()["results"] == []
    assert as_(ann).patch(made["Location"], {"title": "Mine"}, format="json").status_code == 404
    with pytest.raises(NotPermitted):
        create(CannedReply(title="Mine", body="Hello"), actor=ann)


def test_a_reply_is_rendered_for_a_ticket_that_one_sees(as_, ann, ben, reply):
    ticket = report(ann, title="Lamp *dark*")
    render = f"{URL}{reply('{{ ticket.title }} by {{ agent.name }}').pk}/render/"

    answer = as_(ben).post(render, {"ticket": ticket.reference}, format="json")

    assert (answer.status_code, answer.json()) == (200, {"body": r"Lamp \*dark\* by Ben"})
    for nothing in ("TCK-987654", 987654, "REQ-1"):
        absent = as_(ben).post(render, {"ticket": nothing}, format="json")
        assert absent.json()["errors"][0]["code"] == "does_not_exist"
    own = as_(ann).post(render, {"ticket": ticket.reference}, format="json")
    assert own.status_code == 404
