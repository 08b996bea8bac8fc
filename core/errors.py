"""What FlowTrack says when it refuses: every anticipated error, with a sentence for the person."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Self

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing that is wrong with one field; an empty field name means the input as a whole."""

    field: str
    code: str
    message: str


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """An anticipated no. `detail` is written for the person who asked."""

    status: ClassVar[int] = 400
    code: str = "refused"
    title: ClassVar[str] = "Refused"
    default_detail: ClassVar[str] = "This cannot be done."

    def __init__(
        self, detail: str = "", *, errors: Iterable[FieldError] = (), code: str | None = None
    ) -> None:
        self.detail = detail or self.default_detail
        self.errors = list(errors)
        self.code = code or self.code
        super().__init__(self.detail)


class InvalidInput(Refused):
    """The input is understood and not valid; the fields are named."""

    code = "invalid"
    title = "Invalid input"
    default_detail = "Some of the input is not valid."

    def __init__(
        self, detail: str = "", *, errors: Iterable[FieldError] = (), code: str | None = None
    ) -> None:
        errors = list(errors)
        super().__init__(detail or _summary(errors), errors=errors, code=code)

    @classmethod
    def of(cls, field: str, message: str, *, code: str = "invalid") -> Self:
        """Refuse a single field."""
        return cls(errors=[FieldError(field, code, message)])

    @classmethod
    def from_django(cls, error: ValidationError) -> Self:
        """What a model's or form's own validation found."""
        by_field = getattr(error, "error_dict", None) or {"": error.error_list}
        return cls(
            errors=[
                FieldError(
                    "" if name == NON_FIELD_ERRORS else name, each.code or "invalid", message
                )
                for name, found in by_field.items()
                for each in found
                for message in each.messages
            ]
        )


class Malformed(InvalidInput):
    """The input cannot be read at all."""

    code = "malformed"
    title = "Malformed input"
    default_detail = "The request cannot be read."


class InvalidCursor(InvalidInput):
    """A page cursor that was not made for this list."""

    code = "invalid_cursor"
    title = "Invalid cursor"
    default_detail = "This cursor does not belong to this list. Start again from the first page."


class NotAuthenticated(Refused):
    """No credentials, or dead ones."""

    status = 401
    code = "not_authenticated"
    title = "Not signed in"
    default_detail = "Sign in to do this."


class NotPermitted(Refused):
    """The person may see it and may not do this."""

    status = 403
    code = "not_permitted"
    title = "Not permitted"
    default_detail = "You may not do this."


class NotFound(Refused):
    """No such thing, or none that the person may see: the two are never told apart."""

    status = 404
    code = "not_found"
    title = "Not found"
    default_detail = "There is nothing here that you may see."


class Conflict(Refused):
    """The change does not fit what is already there."""

    status = 409
    code = "conflict"
    title = "Conflict"
    default_detail = "This conflicts with what is already there."


class WrongStatus(Conflict):
    """The transition does not start from the present status."""

    code = "wrong_status"
    title = "Wrong status"
    default_detail = "This is not possible in the present status."


class ConditionUnmet(Conflict):
    """The status fits, yet a condition says no."""

    code = "condition_unmet"
    title = "Condition unmet"
    default_detail = "Something else has to happen first."


class KeyInFlight(Conflict):
    """The first request with this idempotency key has not finished."""

    code = "idempotency_key_in_flight"
    title = "Idempotency key in flight"
    default_detail = "The first request with this Idempotency-Key is still running. Try again."


class StaleVersion(Refused):
    """Somebody changed it since the caller last looked."""

    status = 412
    code = "stale_version"
    title = "Stale version"
    default_detail = "This has changed since you last looked. Load it again."


class PayloadTooLarge(Refused):
    """More bytes than are accepted."""

    status = 413
    code = "payload_too_large"
    title = "Payload too large"
    default_detail = "The request body is too large."


class KeyReused(Refused):
    """The same idempotency key came with a different request."""

    status = 422
    code = "idempotency_key_reused"
    title = "Idempotency key reused"
    default_detail = "This Idempotency-Key was already used for a different request."


class VersionRequired(Refused):
    """The write has to say which version it changes."""

    status = 428
    code = "version_required"
    title = "Version required"
    default_detail = "Send If-Match with the ETag you last saw."


class RetryLater(Refused):
    """A no that may be a yes in `retry_after` seconds."""

    def __init__(self, detail: str = "", *, retry_after: int = 1) -> None:
        super().__init__(detail)
        self.retry_after = max(1, retry_after)


class TooManyRequests(RetryLater):
    """A rate limit is used up."""

    status = 429
    code = "too_many_requests"
    title = "Too many requests"
    default_detail = "Too many attempts. Wait a little and try again."


class Unavailable(RetryLater):
    """A part that is needed, such as the database, does not answer; nothing is half done."""

    status = 503
    code = "unavailable"
    title = "Unavailable"
    default_detail = "FlowTrack is briefly unavailable. Nothing was changed; try again."


def _summary(errors: list[FieldError]) -> str:
    if not errors:
        return ""
    first = errors[0]
    sentence = f"{first.field}: {first.message}" if first.field else first.message
    return f"{sentence} ({len(errors) - 1} more in errors.)" if len(errors) > 1 else sentence
