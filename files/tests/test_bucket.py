"""The same in an S3-compatible store: a real server on this machine."""

import urllib.request

import boto3
import pytest
from moto.server import ThreadedMotoServer

from core.lifecycle import perform
from core.models import Event
from files import upkeep
from files.amounts import MB
from files.models import File
from files.storage import configured, place_of, store

pytestmark = pytest.mark.once
BUCKET, REGION = "flowtrack", "eu-central-1"
KEYS = {"access_key": "ann", "secret_key": "secret", "region_name": REGION}


@pytest.fixture(scope="module")
def address():
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def bytes_at(address, settings, tmp_path):
    """An empty bucket, instead of the folder."""
    own = configured(root=tmp_path, bucket=BUCKET, endpoint_url=address, **KEYS)
    settings.STORAGES = {**settings.STORAGES, "files": own}
    given = {"aws_access_key_id": "ann", "aws_secret_access_key": "secret", "region_name": REGION}
    bucket = boto3.resource("s3", endpoint_url=address, **given).Bucket(BUCKET)
    bucket.create(CreateBucketConfiguration={"LocationConstraint": REGION})
    yield bucket
    bucket.objects.all().delete()
    bucket.delete()


@pytest.fixture
def stored(bytes_at):
    return lambda: sum(1 for _ in bytes_at.objects.all())


def test_a_file_goes_there_and_comes_back_by_a_short_link(as_, ann, send):
    content = b"It flickers. " * MB  # several parts
    file = send(ann, "note.txt", content).json()
    upkeep.examine(File.objects.get(pk=file["id"]))

    answer = as_(ann).get(f"/api/files/{file['id']}/download/")

    assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")
    assert "X-Amz-Expires=60" in answer["Location"]
    assert "X-Amz-Algorithm=AWS4-HMAC-SHA256" in answer["Location"]
    with urllib.request.urlopen(answer["Location"]) as got:  # noqa: S310
        assert got.read() == content
        assert got.headers["Content-Disposition"] == 'attachment; filename="note.txt"'
    assert Event.of(File.objects.get()).last().action == "downloaded"


def test_who_may_not_gets_no_link(as_, ann, zoe, available, bring):
    file, waiting = available(ann), bring(ann)

    assert as_(zoe).get(f"/api/files/{file.pk}/download/").status_code == 404
    assert as_(ann).get(f"/api/files/{waiting.pk}/download/").status_code == 409


def test_what_is_refused_leaves_nothing(ann, send, stored, settings):
    settings.FILE_LIMIT = 6 * MB

    too_large = send(ann, "note.txt", b"x" * (6 * MB + 100))

    assert (too_large.status_code, stored()) == (413, 0)
    assert send(ann, "photo.png", b"Hello").status_code == 400
    assert stored() == 0


def test_it_is_purged_swept_and_verified_there(ann, available, stored):
    gone, stays = perform(available(ann), "discard", actor=ann), available(ann)
    assert [found for _, found in upkeep.broken() if found] == []

    assert (upkeep.purge(gone), stored()) == (True, 1)
    assert list(upkeep.orphans()) == []
    store().delete(place_of(stays.key))
    assert [str(found) for _, found in upkeep.broken() if found] == [
        f"{stays.reference} (note.txt): its bytes are missing"
    ]


def test_a_store_that_does_not_answer_is_no_crash(ann, send, settings, tmp_path):
    gone = configured(root=tmp_path, bucket=BUCKET, endpoint_url="http://127.0.0.1:9", **KEYS)
    settings.STORAGES = {**settings.STORAGES, "files": gone}

    assert send(ann, "note.txt", b"Hello").status_code == 503
    assert File.objects.count() == 0
