"""E-mails that are made to break something, or to keep it busy."""

from __future__ import annotations

from contextlib import suppress

import pytest

from core.errors import InvalidInput
from core.lifecycle import create
from discussion.models import Comment
from notifications.mail.parsing import UnreadableError, read_letter
from notifications.mail.receiving import CUT, MOST_WORDS, Outcome, receive
from notifications.mail.trimming import MOST_HTML, text_of_html
from notifications.tests.hostile import BROKEN, COSTLY, IN_PARTS, nested
from notifications.tests.letters import answer_of, letter
from tickets.models import Ticket

BECOMES = {
    "comments": InvalidInput,
    "quotes in tags": InvalidInput,
    "tags in tags": InvalidInput,
    "sections": InvalidInput,
    "formats": InvalidInput,
    "boxes": InvalidInput,
    "words in boxes": Outcome.COMMENT,
    "styles": InvalidInput,
    "quotations": Outcome.COMMENT,
    "punycode": Outcome.COMMENT,
    "uuencode": Outcome.COMMENT,
    "words in a subject": Outcome.COMMENT,
    "a long subject": UnreadableError,
    "options": Outcome.COMMENT,
    "options of the kind": Outcome.COMMENT,
    "a long header": UnreadableError,
    "a long header of a part": UnreadableError,
    "many parts": UnreadableError,
    "parts in parts": UnreadableError,
    "recipients": Outcome.COMMENT,
}
"""Of what somebody writes who may; where there are no words, they are told so."""

LONG_HEADS = {"a long subject", "a long header"}


@pytest.fixture(autouse=True)
def _answers_arrive(settings):
    settings.MAIL_REPLY_ADDRESS = "reply@flowtrack.example"


@pytest.fixture
def ticket(ann):
    return create(Ticket(title="The lamp is dark"), actor=ann)


def what_becomes_of(person, ticket, rest):
    sender, to = person.email, answer_of(ticket.requester, ticket)
    try:
        return receive(f"From: {sender}\nTo: {to}\n".encode() + rest)
    except (InvalidInput, UnreadableError) as error:
        return type(error)


@pytest.mark.once
@pytest.mark.parametrize("name", COSTLY)
def test_of_a_costly_letter_little_is_left(ann, zoe, ticket, name):
    assert what_becomes_of(ann, ticket, COSTLY[name]) == BECOMES[name]
    assert all(len(said.body) <= MOST_WORDS + len(CUT) for said in Comment.objects.all())

    unparsed = UnreadableError if name in LONG_HEADS else Outcome.STRANGE
    assert what_becomes_of(zoe, ticket, COSTLY[name]) == unparsed


@pytest.mark.once
@pytest.mark.parametrize("name", BROKEN)
def test_whatever_is_sent_nothing_breaks(db, name):
    with suppress(UnreadableError):
        assert receive(BROKEN[name]) == Outcome.STRANGE
    with suppress(UnreadableError):
        read_letter(BROKEN[name])


def test_what_strangers_write_is_not_even_parsed(zoe, ann, ticket):
    parts = IN_PARTS + b"--x\n" * 20_000

    assert what_becomes_of(zoe, ticket, parts) == Outcome.STRANGE
    assert what_becomes_of(ann, ticket, parts) == UnreadableError


@pytest.mark.once
def test_letters_within_letters_within_letters_are_unreadable_at_worst(db):
    for depth in (50, 3_000):
        try:
            assert receive(nested(depth)) == Outcome.STRANGE
        except UnreadableError:
            assert depth > 50


@pytest.mark.once
@pytest.mark.parametrize("nonsense", ['<a b="', "<a ", "<![", "</", "<!", "<?", "&#", "<b", "<"])
def test_what_is_opened_and_never_closed_takes_no_word_away(nonsense):
    assert text_of_html("<p>It works.</p>" + nonsense * 10_000).startswith("It works.")


@pytest.mark.once
def test_no_more_html_is_read_than_people_write():
    assert len(text_of_html("a" * (MOST_HTML + 1))) == MOST_HTML


@pytest.mark.once
@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>Dark</h1>The lamp\n  is <b>dark</b>.", "Dark\nThe lamp is dark."),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("<ul><li>one<li>two</ul>and on", "one\n\ntwo\nand on"),
        ("<p>a</p><p>&nbsp;</p><p>b &lt;c&gt;&nbsp;&amp;amp;</p>", "a\n\nb <c> &amp;"),
        ("New<blockquote>Old<blockquote>Older</blockquote>Old</blockquote>, too", "New, too"),
        ("New<blockquote>Old", "New"),
        ("<title>No</title><!--[if mso]>No<![endif]-->Yes", "Yes"),
        ("1 < 2, a<b, c & d", "1 < 2, a"),
    ],
)
def test_html_becomes_lines(html, text):
    assert text_of_html(html) == text


def test_words_behind_a_long_style_are_read(ann, ticket):
    style = "<head><style>" + "p { color: black }\n" * 5_000 + "</style></head>"
    mail = letter(ann, answer_of(ann, ticket))
    mail.set_content(f"<html>{style}<body><!-- {'x' * 50_000} --><p>It works.</p>", subtype="html")

    receive(mail.as_bytes())

    assert Comment.objects.get().body == "It works."


@pytest.mark.once
def test_hostile_words_are_made_harmless(ann, ticket):
    html = "<p>Hello<br>there</p><script>alert(1)</script><blockquote>Old</blockquote>\x00\ud800"
    raw = letter(ann, answer_of(ann, ticket), "x").as_bytes()
    raw = raw.replace(b"text/plain", b"text/html").replace(
        b"\nx\n", html.encode("utf-8", "surrogatepass")
    )

    receive(raw)

    assert Comment.objects.get().body.startswith("Hello\nthere")
    assert "alert" not in Comment.objects.get().body
