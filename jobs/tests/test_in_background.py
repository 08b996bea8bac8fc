"""More items than one waits for."""

import pytest

from core.lifecycle import create
from core.models import Event
from jobs.models import Job
from tests.lamps.models import Lamp

pytestmark = pytest.mark.django_db

LAMPS = "/api/lamps/transitions/"


@pytest.fixture
def lamps(ann, zoe):
    """Three of ann's, one of which draws too much, and one of zoe's."""
    hers = [create(Lamp(title="Lamp", watts=watts), actor=ann) for watts in (40, 40, 200)]
    return [*hers, create(Lamp(title="Zoe's"), actor=zoe)]


def test_more_than_200_items_become_a_job_with_the_results(ann, as_, lamps, worked):
    ids = [lamp.reference for lamp in lamps] + ["LMP-999999"] * 200

    answer = as_(ann).post(LAMPS, {"transition": "light", "ids": ids, "note": "Evening"})

    assert answer.status_code == 202, answer.content
    job = worked(Job.objects.get(pk=answer.json()["id"]))
    assert answer["Location"].endswith(f"/api/jobs/{job.pk}/")
    assert (job.result["done"], job.result["refused"]) == (2, 202)
    said = [each["code"] for each in job.result["refusals"]]
    assert said[:3] == ["condition_unmet", "not_found", "not_found"]
    assert Event.of(lamps[0]).last().note == "Evening"
    assert Event.of(lamps[0]).last().actor == ann


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"transition": "fly"}, "transition"),
        ({"transition": "light", "atomic": True}, "atomic"),
        ({"transition": "light", "wings": 2}, "wings"),
        ({"transition": "smash"}, "crack"),
        ({"transition": "light", "ids": [1] * 10_001}, "ids"),
    ],
)
def test_what_would_be_refused_for_one_is_refused_at_once(ann, as_, body, field):
    answer = as_(ann).post(LAMPS, {"ids": [1] * 201, **body})

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not Job.objects.exists()
