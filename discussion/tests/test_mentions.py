"""A name after an @ names somebody who may read the comment, or nobody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.lifecycle import change, perform
from discussion.models import Mention


def named(comment):
    return sorted(person["name"] for person in comment.mentioned)


@pytest.mark.parametrize(
    "body",
    [
        "@ben, it flickers.",
        "@Ben look",
        "(@ben)",
        "**@ben**",
        "Hello @ben.",
        "> @ben",
        "@BEN!",
        "@Ben's lamp",
        r"\@zoe @ben",
        "* " * 2_500 + "@ben",
    ],
)
def test_by_the_first_part_of_the_address_or_by_name(ann, ben, say, body):
    assert named(say(ann, body)) == ["Ben"]


def test_by_a_whole_name_the_longest_that_fits(ann, person, say):
    person("eve", role="agent")
    long = person("long", role="agent")
    change(long, actor=long, name="Eve Ninetails")

    assert named(say(ann, "@Eve Ninetails, please.")) == ["Eve Ninetails"]
    assert named(say(ann, "@Eve, please.")) == ["Eve"]


@pytest.mark.parametrize(
    "body",
    [
        "ben@flowtrack.example",
        "`@ben`",
        "@benny",
        "@",
        "@ ben",
        "a@ben",
        "@nobody",
        "@@ben",
        r"\@ben",
    ],
)
def test_what_names_nobody(ann, ben, say, body):
    assert named(say(ann, body)) == []


def test_nobody_is_named_who_may_not_read(ann, zoe, ben, say):
    assert named(say(ann, "@zoe look")) == []
    assert named(say(ben, "@ann is wrong", internal=True)) == []
    assert named(say(ben, "@ann look", internal=False)) == ["Ann"]


def test_who_is_gone_is_not_named(ann, ben, ada, say):
    perform(ben, "deactivate", actor=ada)

    assert named(say(ann, "@ben look")) == []


def test_two_of_the_same_name_are_nobody(ann, person, say):
    for address in ("kim1", "kim2"):
        kim = person(address, role="agent")
        change(kim, actor=kim, name="Kim")

    assert named(say(ann, "@Kim look")) == []
    assert named(say(ann, "@kim2 look")) == ["Kim"]


def test_names_follow_the_words(ann, ben, ada, say):
    comment = say(ann, "@ben look")

    changed = change(comment, actor=ann, body="@ada look")
    assert named(changed) == ["Ada"]
    redacted = perform(changed, "redact", actor=ann)
    assert named(redacted) == []
    assert not Mention.objects.exists()


def test_a_name_with_an_apostrophe(ann, person, say):
    conan = person("conan", role="agent")
    change(conan, actor=conan, name="O'Brien")

    assert named(say(ann, "@O'Brien, please.")) == ["O'Brien"]
    assert named(say(ann, "@O, please.")) == []


def test_a_namesake_who_may_not_read_stands_in_nobodys_way(ann, zoe, person, say):
    kim = person("kim", role="agent")
    change(zoe, actor=zoe, name="Kim")

    assert [each["id"] for each in say(ann, "@Kim look").mentioned] == [kim.pk]


def test_whether_somebody_may_read_is_asked_only_of_those_who_are_named(ann, person, say):
    for number in range(30):
        person(f"bea{number}")

    with CaptureQueriesContext(connection) as few:
        say(ann, "Look")
    with CaptureQueriesContext(connection) as captured:
        say(ann, "@be @b @bea look")

    assert len(captured) <= len(few) + 1


def test_twenty_are_enough(ann, person, say):
    people = [person(f"p{number}", role="agent") for number in range(22)]

    comment = say(ann, " ".join(f"@{each.email.partition('@')[0]}" for each in people))

    assert len(comment.mentioned) == 20
