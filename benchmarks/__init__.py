"""FlowTrack with settings of its own, on an empty database, for everything that is measured here."""

from __future__ import annotations

import os
import secrets
import tempfile

import django

os.environ.setdefault("DATABASE_URL", f"sqlite:///{tempfile.mkdtemp()}/benchmark.sqlite3")
os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(48))
os.environ.setdefault("JWT_SIGNING_KEYS", f"first:{secrets.token_urlsafe(48)}")
os.environ.setdefault("OUTGOING_ALLOWED_HOSTS", "127.0.0.1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flowtrack.settings")
os.environ.update(DEBUG="1", LOG_LEVEL="ERROR")

django.setup()
