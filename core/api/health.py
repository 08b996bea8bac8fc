"""Whether the process lives, and whether what it needs answers: for load balancers and people."""

from collections.abc import Callable
from threading import Thread

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.api.problems import problem_of
from core.errors import Unavailable

PATIENCE = 2.0  # seconds for each part
RETRY_AFTER = 5  # seconds


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """200 while the process can answer at all; it touches nothing else."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 if every needed part answers in time, else 503 with the name of the first that does not."""
    parts = _parts()
    for name, check in parts.items():
        if not _answers(check):
            refused = Unavailable(f"The {name} does not answer.", retry_after=RETRY_AFTER)
            return problem_of(refused)
    return JsonResponse({"status": "ok", "parts": dict.fromkeys(parts, "ok")})


def _parts() -> dict[str, Callable[[], None]]:
    parts = {"database": _ask_database}
    if settings.CACHES["default"]["BACKEND"].endswith("RedisCache"):
        parts["cache"] = _ask_cache
    return parts


def _answers(check: Callable[[], None]) -> bool:
    """Whether the check succeeds in time.

    It runs in a thread of its own, because a connection to a host that went silent hangs for minutes
    and no server-side timeout reaches it. A thread left behind ends with its connection's timeout.
    """
    successes: list[bool] = []

    def attempt() -> None:
        try:
            check()
        except Exception:  # noqa: BLE001 - whatever went wrong, the part is not ready
            return
        successes.append(True)

    thread = Thread(target=attempt, name="readiness", daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return bool(successes)


def _ask_database() -> None:
    # The thread is new, so this connection is: it proves that connecting works, and is given back.
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()


def _ask_cache() -> None:
    cache.get("health")
