"""Comments: written, changed with every version kept, taken away from everybody."""

import pytest

from core.errors import InvalidInput, NotPermitted, Refused
from core.lifecycle import change, create, perform
from core.models import Event
from discussion.models import Comment


@pytest.fixture
def url(lamp):
    return f"/api/lamps/{lamp.pk}/comments/"


def test_everybody_who_sees_the_item_writes_and_reads(as_, ann, ben, url):
    written = as_(ann).post(url, {"body": "It *flickers*."})

    assert written.status_code == 201
    assert written["Location"].endswith(f"/api/comments/{written.json()['id']}/")
    assert written.json()["html"] == "<p>It <em>flickers</em>.</p>\n"
    read = as_(ben).get(url).json()["results"]
    assert [(each["body"], each["author"]["name"]) for each in read] == [("It *flickers*.", "Ann")]
    assert read[0]["item"]["reference"].startswith("LMP-")


def test_for_a_stranger_there_is_neither_item_nor_comment(as_, ann, zoe, say, url):
    comment = say(ann, "Hello?")

    assert as_(zoe).get(url).status_code == 404
    assert as_(zoe).post(url, {"body": "Me too."}).status_code == 404
    assert as_(zoe).get(f"/api/comments/{comment.pk}/").status_code == 404
    assert as_(zoe).get("/api/comments/").json()["results"] == []


@pytest.mark.parametrize("body", ["", "   ", "x" * 10_001, "null\x00byte"])
def test_a_comment_says_something_and_not_too_much(as_, ann, url, body):
    answer = as_(ann).post(url, {"body": body})

    assert answer.status_code == 400
    assert not Comment.objects.exists()


def test_only_its_author_changes_it_and_every_version_stays(ann, ben, ada, say):
    comment = say(ann, "It flickers.")

    for somebody in (ben, ada):
        with pytest.raises(NotPermitted):
            change(comment, actor=somebody, body="It shines.")
    changed = change(comment, actor=ann, body="It smokes.")

    assert changed.is_edited
    assert Event.of(comment).last().changes == {"body": ["It flickers.", "It smokes."]}


@pytest.mark.parametrize("internal", [True, False])
def test_who_reads_it_is_settled(as_, ben, say, internal):
    comment = say(ben, "Among us.", internal=not internal)

    answer = as_(ben).patch(f"/api/comments/{comment.pk}/", {"internal": internal})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "internal"


def test_taken_away_it_says_nothing_anywhere_any_more(as_, ann, ben, say, url):
    comment = say(ann, "My password is swordfish.")
    change(comment, actor=ann, body="My password is swordfish!")

    assert as_(ann).delete(f"/api/comments/{comment.pk}/").status_code == 204

    for reader in (ann, ben):
        client = as_(reader)
        shown = client.get(f"/api/comments/{comment.pk}/").json()
        assert (shown["body"], shown["html"]) == ("", "")
        assert shown["redacted"]["by"]["name"] == "Ann"
        history = client.get(f"/api/comments/{comment.pk}/history/")
        assert "swordfish" not in history.content.decode()
        assert history.json()["results"][0]["action"] == "redact"
        assert "swordfish" not in client.get(url).content.decode()


def test_agents_take_away_what_others_wrote_and_requesters_do_not(ann, ben, mia, say):
    of_ann, of_ben = say(ann, "Nonsense."), say(ben, "A word.", internal=False)

    assert perform(of_ann, "redact", actor=ben).is_redacted
    with pytest.raises(NotPermitted):
        perform(of_ben, "redact", actor=ann)


def test_what_was_taken_away_does_not_come_back(ann, say):
    comment = perform(say(ann, "Nonsense."), "redact", actor=ann)

    with pytest.raises(Refused):
        change(comment, actor=ann, body="Sense.")
    with pytest.raises(Refused):
        perform(comment, "redact", actor=ann)


def test_nothing_is_written_on_what_is_not_there(ann, lamp):
    comment = Comment(body="Hello?").attach_to(lamp)
    comment.subject_id = 987_654

    with pytest.raises(Refused):
        create(comment, actor=ann)
    assert not Comment.objects.exists()


def test_filters(as_, ann, ben, lamp, say):
    first, second = say(ann, "@ben, it flickers."), say(ben, "I see it.", internal=False)
    agent = as_(ben)

    def found(**query):
        answer = agent.get("/api/comments/", query)
        assert answer.status_code == 200, answer.content
        return [each["id"] for each in answer.json()["results"]]

    assert found(author="me") == [second.pk]
    assert found(author=ann.pk) == [first.pk]
    assert found(mentions="me") == [first.pk]
    assert found(item=lamp.reference) == [second.pk, first.pk]
    assert found(item="LMP-987654") == []
    assert agent.get("/api/comments/", {"item": "desk"}).status_code == 400


def test_an_unknown_field_is_named(as_, ann, url):
    answer = as_(ann).post(url, {"body": "Hello.", "author": 7})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "author"


def test_a_version_that_was_not_seen_is_not_overwritten(as_, ann, say):
    comment = say(ann, "One.")
    stale = {"HTTP_IF_MATCH": f'"{comment.pk}-1"'}
    client = as_(ann)

    assert (
        client.patch(f"/api/comments/{comment.pk}/", {"body": "Two."}, **stale).status_code == 200
    )
    assert client.patch(f"/api/comments/{comment.pk}/", {"body": "No."}, **stale).status_code == 412


def test_long_words_are_refused_by_the_door_too(ann, say):
    with pytest.raises(InvalidInput):
        say(ann, "x" * 10_001)
