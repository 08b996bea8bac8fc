"""Log lines that carry the id of the request they belong to, as JSON for machines or plain for people."""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from core import request_id

PLAIN = "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"


class RequestIDFilter(logging.Filter):
    """Gives every record the id of the request in progress, or a dash."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.current() or "-"
        return True


class SecretsFilter(logging.Filter):
    """Cuts long random parts out of logged addresses: the link of a mail opens a door."""

    secret = re.compile(r"(?<=/)[A-Za-z0-9_-]{40,}(?=/|\s|$)")

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        shown = self.secret.sub("…", message)
        if shown != message:
            record.msg, record.args = shown, ()
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object per line: at, level, logger, message, request_id, and the trace of a failure."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": request_id.current() or None,
        }
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def logging_to_stderr(*, style: str, level: str) -> dict[str, Any]:
    """The LOGGING setting, in the style "json" or "plain"; standard output stays free for what commands print."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": "core.logging.RequestIDFilter"},
            "secrets": {"()": "core.logging.SecretsFilter"},
        },
        "formatters": {
            "plain": {"format": PLAIN},
            "json": {"()": "core.logging.JsonFormatter"},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "formatter": style,
                "filters": ["request_id", "secrets"],
            },
        },
        "root": {"handlers": ["stderr"], "level": level},
        # Django's own handlers would print twice or mail; its loggers hand on to ours.
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
        },
    }
