"""Writes that are safe to repeat: the first answer to an Idempotency-Key is kept and replayed."""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.apps import apps
from django.db import IntegrityError, OperationalError, transaction
from rest_framework.request import Request
from rest_framework.response import Response

from core import clock
from core.api.renderers import JSONRenderer
from core.errors import InvalidInput, KeyInFlight, KeyReused, NotFound
from core.models.idempotency import IdempotencyKey
from core.querysets import visible_row
from core.transactions import atomic_with_retry, is_lock_timeout

KEPT_FOR = timedelta(hours=24)
METHODS = ("POST", "PATCH")
HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT_HEADERS = ("Location", "ETag")
_VISIBLE_ASCII = re.compile(r"[\x21-\x7e]{1,255}")

Handler = Callable[..., Response]


def idempotent(request: Request, handler: Handler, *args: Any, **kwargs: Any) -> Response:
    """What the handler answers, or what it answered when this caller sent the same thing before.

    Key and effect commit together; a refusal rolls both back and is not stored. Raises KeyReused
    for another request under the same key, KeyInFlight while the first one takes too long, NotFound
    where the row that was shown does not exist for the caller any more. Not for views that answer with secrets: the answer is stored.
    """
    key = key_of(request)
    if key is None:
        return handler(*args, **kwargs)
    fingerprint = fingerprint_of(request)  # reads the body: no transaction waits for a slow caller
    return atomic_with_retry(
        lambda: _first_or_replayed(request, key, fingerprint, partial(handler, *args, **kwargs))
    )


def key_of(request: Request) -> str | None:
    """The key that counts: on a POST or PATCH of a signed-in caller. Raises InvalidInput."""
    key = request.headers.get(HEADER)
    if key is None or request.method not in METHODS or not request.user.is_authenticated:
        return None
    if not _VISIBLE_ASCII.fullmatch(key):
        raise InvalidInput.of(HEADER, "Must be 1 to 255 visible ASCII characters.")
    return key


def purge_idempotency_keys() -> int:
    """Forget answers that are past their time; returns how many."""
    deleted, _ = IdempotencyKey.objects.filter(created_at__lte=_oldest_kept()).delete()
    return deleted


def fingerprint_of(request: Request) -> str:
    """What makes two requests the same: method, address with query, and the bytes of the body.

    A view that streams its body says what is in it by `content_of(request)`; nobody else reads it.
    """
    start = f"{request.method} {request.get_full_path()}\n"
    told = getattr((request.parser_context or {}).get("view"), "content_of", None)
    content = told(request) if told else None
    return hashlib.sha256(start.encode() + (content or request.body)).hexdigest()


def _first_or_replayed(request: Request, key: str, fingerprint: str, handler: Handler) -> Response:
    row = _claimed(request.user.pk, key, fingerprint)
    if row.status is not None:
        return _replayed(row, fingerprint, request.user)
    response = handler()
    if response.status_code >= 400:
        transaction.set_rollback(True)
    else:
        _keep(row, response)
    return response


def _claimed(caller_id: Any, key: str, fingerprint: str) -> IdempotencyKey:
    """Our new row, or the one that was first; waits for a first one that is still at work."""
    fresh = {
        "fingerprint": fingerprint,
        "status": None,
        "subject_type": "",
        "subject_id": None,
        "created_at": clock.now(),
    }
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(caller_id=caller_id, key=key, **fresh)
    except IntegrityError:
        row = IdempotencyKey.objects.select_for_update().filter(caller=caller_id, key=key).first()
    except OperationalError as error:
        if is_lock_timeout(error):
            raise KeyInFlight from error
        raise
    if row is None:
        raise KeyInFlight
    if row.created_at <= _oldest_kept():
        for name, value in fresh.items():
            setattr(row, name, value)
    return row


def _keep(row: IdempotencyKey, response: Response) -> None:
    # Rendered once, before the commit: first and repeated answer are the same bytes.
    response.data = JSONRenderer().render(response.data)
    row.status = response.status_code
    row.body = response.data.decode()
    row.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    if (shown := getattr(response, "shows", None)) is not None:
        row.subject_type, row.subject_id = shown._meta.label_lower, shown.pk
    row.save()


def _replayed(row: IdempotencyKey, fingerprint: str, caller: Any) -> Response:
    if row.fingerprint != fingerprint:
        raise KeyReused
    if row.subject_type:
        model = apps.get_model(row.subject_type)
        if visible_row(model, caller, row.subject_id, shown=False) is None:
            raise NotFound
    headers = {**row.headers, REPLAYED: "true"}
    return Response(row.body.encode(), status=row.status, headers=headers)


def _oldest_kept() -> datetime:
    return clock.now() - KEPT_FOR
