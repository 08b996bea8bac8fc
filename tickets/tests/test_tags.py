"""Tags: a common vocabulary, put on tickets by agents."""

import pytest

from core.errors import InvalidInput, NotPermitted
from core.lifecycle import change, create
from core.models import Event
from discussion.models import MOST_TAGS
from tickets.models import Tag
from tickets.tests.making import report

URL = "/api/tags/"


@pytest.fixture
def tags(ben):
    """vpn and laptop can be put on tickets, fax cannot any more."""
    for slug in ("vpn", "laptop", "fax"):
        create(Tag(slug=slug, is_active=slug != "fax"), actor=ben)


def test_agents_tag_and_requesters_do_not(tags, ann, ben):
    ticket = report(ann)
    with pytest.raises(NotPermitted, match="Only agents tag"):
        change(ticket, actor=ann, tags=["vpn"])
    with pytest.raises(NotPermitted, match="Only agents tag"):
        report(ann, tags=["vpn"])

    tagged = change(ticket, actor=ben, tags=["vpn", "laptop", "vpn"])

    assert tagged.tags == ["laptop", "vpn"]
    assert Event.of(tagged).last().changes == {"tags": [[], ["laptop", "vpn"]]}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["vpn", "lift"], "There is no tag lift"),
        (["fax"], "There is no tag fax"),
        ("vpn", "Give a list of tags"),
        ([1], "Give a list of tags"),
        ({"vpn": 1}, "Give a list of tags"),
        (None, "Give a list of tags"),
        ([["vpn"]], "Give a list of tags"),
        ([f"tag-{number}" for number in range(MOST_TAGS + 1)], f"At most {MOST_TAGS} tags"),
    ],
)
def test_only_words_of_the_vocabulary(tags, as_, ann, ben, wrong, said):
    ticket = report(ann)

    refused = as_(ben).patch(f"/api/tickets/{ticket}/", {"tags": wrong})

    assert refused.status_code == 400
    assert [each["field"] for each in refused.json()["errors"]] == ["tags"]
    with pytest.raises(InvalidInput, match=said):
        change(ticket, actor=ben, tags=wrong)


def test_what_is_retired_stays_where_it_is(tags, ann, ben):
    ticket = change(report(ann), actor=ben, tags=["vpn"])
    change(Tag.objects.get(slug="vpn"), actor=ben, is_active=False)

    both = change(ticket, actor=ben, tags=["vpn", "laptop"])

    assert both.tags == ["laptop", "vpn"]
    neither = change(both, actor=ben, tags=["laptop"])
    with pytest.raises(InvalidInput, match="There is no tag vpn"):
        change(neither, actor=ben, tags=["laptop", "vpn"])


def test_everybody_reads_the_vocabulary_and_agents_write_it(tags, as_, ann, ben):
    listed = [row["slug"] for row in as_(ann).get(URL).json()["results"]]
    assert listed == ["fax", "laptop", "vpn"]
    offered = as_(ann).get(URL, {"is_active": "true", "search": "v"}).json()["results"]
    assert [row["slug"] for row in offered] == ["vpn"]

    assert as_(ann).post(URL, {"slug": "lift"}).status_code == 403
    assert as_(ben).post(URL, {"slug": "lift"}).status_code == 201
    taken = as_(ben).post(URL, {"slug": "lift"})
    assert (taken.status_code, taken.json()["errors"][0]["field"]) == (400, "slug")


@pytest.mark.parametrize("slug", ["VPN", "two words", "größe", "-", "", "x" * 41])
def test_a_tag_is_one_word_in_lower_case(as_, ben, slug):
    refused = as_(ben).post(URL, {"slug": slug})

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == "slug"


def test_its_word_stays_because_tickets_name_it(tags, as_, ben):
    tag = Tag.objects.get(slug="vpn")

    refused = as_(ben).patch(f"{URL}{tag.pk}/", {"slug": "tunnel"})

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["code"] == "settled"
    assert as_(ben).patch(f"{URL}{tag.pk}/", {"description": "Getting in."}).status_code == 200
