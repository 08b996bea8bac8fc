"""Files in an S3-compatible store; loaded only where one is configured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from botocore.config import Config
from botocore.exceptions import ClientError
from storages.backends.s3 import S3Storage

from files.storage import CHUNK

LINK_SECONDS = 60
ABSENT = frozenset({"NoSuchKey", "404"})


class Bucket(S3Storage):
    """A bucket that nobody reads but through FlowTrack, or by a link that is good for a minute."""

    def __init__(self, **settings: Any) -> None:
        own = bool(settings.get("endpoint_url"))
        settings["client_config"] = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path" if own else "auto"},
            # Stores other than Amazon's do not know its newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            connect_timeout=5,
            read_timeout=30,
            retries={"max_attempts": 3, "mode": "standard"},
        )
        super().__init__(**settings)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes, a little at a time. Raises FileNotFoundError."""
        try:
            body = self.bucket.Object(self._normalize_name(name)).get()["Body"]
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in ABSENT:
                raise FileNotFoundError(name) from error
            raise
        yield from body.iter_chunks(CHUNK)

    def link(self, name: str, *, media_type: str, disposition: str) -> str | None:
        """A signed address under which anybody gets the bytes as a download, for a minute."""
        said = {
            "ResponseContentType": media_type,
            "ResponseContentDisposition": disposition,
            "ResponseCacheControl": "private, no-store",
        }
        return str(self.url(name, parameters=said, expire=LINK_SECONDS))
