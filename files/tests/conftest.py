"""Something to hang files on, and ways to bring and examine them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.lifecycle import create
from files import upkeep
from files.models import File
from files.reception import take_in
from tests.lamps.models import Lamp

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(50)


@pytest.fixture(autouse=True)
def bytes_at(settings: Any, tmp_path: Path) -> Path:
    """Where the test's bytes are: a folder of its own."""
    own = {"BACKEND": "files.storage.Folder", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "files": own}
    (tmp_path / "files").mkdir()
    return tmp_path / "files"


@pytest.fixture
def stored(bytes_at: Path) -> Any:
    """How many files lie there: `stored()`."""
    return lambda: sum(each.is_file() for each in bytes_at.rglob("*"))


@pytest.fixture
def lamp(ann: Any) -> Lamp:
    """Ann's; agents see it too, zoe does not."""
    return create(Lamp(title="Desk lamp"), actor=ann)


@pytest.fixture
def send(as_: Any) -> Any:
    """`send(ann, "note.txt", b"Hello", item="LMP-1")`: an upload by form, and its answer."""

    def upload(person: Any, name: str, content: bytes, *, to: str = "/api/files/", **more: Any):
        part = SimpleUploadedFile(name, content)
        return as_(person).post(to, {"file": part, **more}, format="multipart")

    return upload


@pytest.fixture
def bring(db: None) -> Any:
    """`bring(ann, lamp, internal=True)`: a file that the scanner has not seen; on nothing without an item."""

    def brought(
        person: Any,
        item: Any = None,
        *,
        name: str = "note.txt",
        content: bytes = b"It flickers.",
        internal: bool | None = None,
    ) -> File:
        return take_in(name, [content], actor=person, item=item, is_internal=internal)

    return brought


@pytest.fixture
def available(bring: Any) -> Any:
    """The same, after the scanner."""
    return lambda *args, **more: upkeep.examine(bring(*args, **more))
