"""Where the bytes are: a folder of this machine, or a bucket of an S3-compatible store."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.base import File as Content
from django.core.files.storage import FileSystemStorage, storages

from core.errors import Unavailable

logger = logging.getLogger(__name__)

CHUNK = 256 * 1024


def store() -> Any:
    """The storage of files, as the settings have it."""
    return storages["files"]


def place_of(key: UUID) -> str:
    """Where the bytes of a key are; in 256 folders, so that none grows without end."""
    return f"{key.hex[:2]}/{key}"


@contextmanager
def answering() -> Iterator[None]:
    """Says that FlowTrack is briefly unavailable where the store is full, closed or silent.

    That something is not there is no such thing, and rises as it is.
    """
    try:
        yield
    except FileNotFoundError:
        raise
    except Exception as error:
        # The libraries of S3 are loaded only where they are used, so they are known by their name.
        if isinstance(error, OSError) or type(error).__module__.startswith(("botocore", "boto3")):
            logger.exception("The storage of files does not answer")
            raise Unavailable(retry_after=30) from error
        raise


class Durable(Content):
    """A file that is being written; what was closed survives a power cut."""

    def close(self) -> None:
        if self.file is not None and not self.closed:
            self.file.flush()
            os.fsync(self.file.fileno())
        super().close()


class Folder(FileSystemStorage):
    """A folder, readable by FlowTrack alone."""

    def _open(self, name: str, mode: str = "rb") -> Content:
        if "w" not in mode:
            return super()._open(name, mode)  # type: ignore[misc]
        path = Path(self.path(name))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        return Durable(os.fdopen(descriptor, "wb"))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes, a little at a time. Raises FileNotFoundError."""
        with self.open(name) as content:
            yield from iter(lambda: content.read(CHUNK), b"")

    def link(self, name: str, *, media_type: str, disposition: str) -> str | None:
        """None: the bytes come through FlowTrack."""
        return None


def configured(*, root: Path, bucket: str, **s3: str) -> dict[str, Any]:
    """Django's settings of the storage: the bucket where one is named, else the folder."""
    if not bucket:
        return {"BACKEND": "files.storage.Folder", "OPTIONS": {"location": root}}
    given = {name: value for name, value in s3.items() if value}
    return {"BACKEND": "files.bucket.Bucket", "OPTIONS": {"bucket_name": bucket, **given}}
