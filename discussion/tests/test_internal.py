"""What agents write among themselves does not exist for anybody else."""

import pytest

from core.errors import NotFound, NotPermitted
from core.lifecycle import change, perform
from core.models import Event
from core.registry import records
from tests.lamps.models import Lamp


def test_only_agents_write_among_themselves(as_, ann, ben, lamp, say):
    with pytest.raises(NotPermitted):
        say(ann, "Psst.", internal=True)

    answer = as_(ann).post(f"/api/lamps/{lamp.pk}/comments/", {"body": "Psst.", "internal": True})
    assert answer.status_code == 403
    assert say(ben, "Psst.", internal=True).is_internal


def test_others_find_no_trace(as_, ann, ben, lamp, say):
    client, here = as_(ann), f"/api/lamps/{lamp.pk}/"
    places = [here, f"{here}comments/?include=count", f"{here}history/", f"{here}watch/"]
    places += ["/api/comments/?include=count", "/api/comments/?internal=true", "/api/lamps/"]
    same = {"HTTP_X_REQUEST_ID": "the-same"}
    before = [client.get(place, **same) for place in places]

    comment = say(ben, "Ann always breaks them. @ann", internal=True)

    after = [client.get(place, **same) for place in places]
    assert [each.content for each in after] == [each.content for each in before]
    assert [each.get("ETag") for each in after] == [each.get("ETag") for each in before]
    for way in ("", "history/"):
        assert client.get(f"/api/comments/{comment.pk}/{way}").status_code == 404
    for call in (client.patch, client.delete):
        assert call(f"/api/comments/{comment.pk}/").status_code == 404
    with pytest.raises(NotFound):
        perform(comment, "redact", actor=ann)


def test_an_internal_comment_leaves_the_item_as_it_was(ben, lamp, say):
    say(ben, "Among us.", internal=True)

    fresh = Lamp.objects.get(pk=lamp.pk)
    assert (fresh.version, fresh.updated_at) == (lamp.version, lamp.updated_at)
    assert Event.of(fresh).count() == 1


def test_where_agents_say_nothing_the_kind_of_item_decides(ann, ben, say, monkeypatch):
    assert say(ben, "For all.").is_internal is False

    monkeypatch.setattr(Lamp, "comments_start_internal", True)
    assert say(ben, "Among us.").is_internal is True
    assert say(ben, "For all.", internal=False).is_internal is False
    assert say(ann, "For all.").is_internal is False


def test_who_is_an_agent_no_longer_reads_it_no_longer(as_, ben, ada, lamp, say):
    comment = say(ben, "Among us.", internal=True)
    change(ben, actor=ada, role="requester")

    assert as_(ben).get(f"/api/comments/{comment.pk}/").status_code == 404


def test_comments_are_records():
    assert {"Comment", "Watch"} <= {model.__name__ for model in records()}
