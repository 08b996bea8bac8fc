"""What is said when a file is not taken."""

from __future__ import annotations

from core.errors import Conflict, PayloadTooLarge
from files.amounts import spoken


class FileTooLarge(PayloadTooLarge):
    """One file is larger than any may be."""

    code = "file_too_large"
    title = "File too large"

    @classmethod
    def than(cls, most: int) -> FileTooLarge:
        return cls(f"A file has at most {spoken(most)}.")


class QuotaExceeded(Conflict):
    """Somebody's files together would be more than they may have."""

    code = "quota_exceeded"
    title = "Quota exceeded"

    @classmethod
    def of(cls, quota: int, used: int) -> QuotaExceeded:
        return cls(
            f"Your files may have {spoken(quota)} together and have {spoken(used)}."
            " Take some away first."
        )


class NotAvailable(Conflict):
    """The file is not one that can be downloaded, now or ever."""

    code = "not_available"
    title = "Not available"


class BytesMissing(Conflict):
    """The row is there and its bytes are not."""

    code = "bytes_missing"
    title = "Bytes missing"
    default_detail = (
        "The content of this file is lost. The operators find it by manage.py files --verify."
    )
