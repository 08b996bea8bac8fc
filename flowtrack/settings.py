"""FlowTrack's settings. Everything that differs between installations comes from the environment (.env.example)."""

import os
from pathlib import Path

import environ

from core.logging import logging_to_stderr
from files.storage import configured as configured_storage
from flowtrack.conventions import (  # noqa: F401 - settings by being here
    CONTENT_SECURITY_POLICY,
    REST_FRAMEWORK,
    SPECTACULAR_SETTINGS,
)
from flowtrack.databases import Limits, configured
from flowtrack.safety import refuse_unsafe

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
DAY = 24 * 60 * 60

env = environ.Env()
# Either the environment or the file is in charge: a forgotten .env never loosens a configured installation.
if "SECRET_KEY" not in os.environ:
    env.read_env(BASE_DIR / ".env")

# Safety ----------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECURE_COOKIES = env.bool("SECURE_COOKIES", default=not DEBUG)
JWT_SIGNING_KEYS = env.str("JWT_SIGNING_KEYS", default="")

refuse_unsafe(
    debug=DEBUG,
    secret_key=SECRET_KEY,
    allowed_hosts=ALLOWED_HOSTS,
    signing_keys=JWT_SIGNING_KEYS,
    secure_cookies=SECURE_COOKIES,
)

# Parts -----------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django_tasks",
    "django_tasks_db",  # ahead of jobs, which takes its page out of the admin
    "portal",
    "dashboards",
    "notifications",
    "requests_app",
    "tickets",
    "workflows",
    "discussion",
    "sla",
    "files",
    "jobs",
    "accounts",
    "core",
    "portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "import_export",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]
MIDDLEWARE = [
    "core.middleware.RequestIDMiddleware",
    "core.middleware.SecurityHeadersMiddleware",
    "core.middleware.ApiProblemMiddleware",
    "core.middleware.UnsizedBodyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.SessionAuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
ROOT_URLCONF = "flowtrack.urls"
WSGI_APPLICATION = "flowtrack.wsgi.application"
ASGI_APPLICATION = "flowtrack.asgi.application"
APPEND_SLASH = False  # redirecting a POST would lose its body; an unknown address is 404

# Data ------------------------------------------------------------------------------------------
DATABASES = {
    "default": configured(
        env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'flowtrack.sqlite3'}"),
        limits=Limits(
            statement_seconds=env.float("DATABASE_STATEMENT_SECONDS", default=10),
            lock_seconds=env.float("DATABASE_LOCK_SECONDS", default=2),
            pool_size=env.int("DATABASE_POOL_SIZE", default=8),
        ),
    ),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "flowtrack",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=VAR_DIR / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "files": configured_storage(
        root=Path(env.str("FILES_ROOT", default=str(VAR_DIR / "files"))),
        bucket=env.str("S3_BUCKET", default=""),
        endpoint_url=env.str("S3_ENDPOINT_URL", default=""),
        region_name=env.str("S3_REGION", default=""),
        access_key=env.str("S3_ACCESS_KEY_ID", default=""),
        secret_key=env.str("S3_SECRET_ACCESS_KEY", default=""),
    ),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
_CHECKPOINTS = env.str("LEDGER_CHECKPOINTS", default="")
LEDGER_CHECKPOINTS = Path(_CHECKPOINTS) if _CHECKPOINTS else None
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_TZ = True
LANGUAGE_CODE = "en-gb"
FORMAT_MODULE_PATH = "flowtrack.formats"  # 24 hours

# People and sign-in ----------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS: list[str] = []  # the only way in is accounts.sign_in
LOGIN_URL = "/sign-in/"
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # reads imported ones, upgraded at sign-in
]
_DJANGO_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_DJANGO_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "accounts.validators.MaximumLengthValidator", "OPTIONS": {"max_length": 1024}},
    {"NAME": f"{_DJANGO_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_DJANGO_VALIDATORS}.UserAttributeSimilarityValidator"},
]
ACCESS_TOKEN_MINUTES = env.int("ACCESS_TOKEN_MINUTES", default=10)
SESSION_DAYS = env.int("SESSION_DAYS", default=14)
REFRESH_GRACE_SECONDS = env.int("REFRESH_GRACE_SECONDS", default=10)
PASSWORD_RESET_MINUTES = env.int("PASSWORD_RESET_MINUTES", default=60)
REGISTRATION_OPEN = env.bool("REGISTRATION_OPEN", default=True)
THROTTLE_SIGN_IN_ACCOUNT = env.str("THROTTLE_SIGN_IN_ACCOUNT", default="10/m")
THROTTLE_SIGN_IN_ADDRESS = env.str("THROTTLE_SIGN_IN_ADDRESS", default="60/m")
THROTTLE_ACCOUNT = env.str("THROTTLE_ACCOUNT", default="600/m")
THROTTLE_REGISTER_ADDRESS = env.str("THROTTLE_REGISTER_ADDRESS", default="30/h")
NUM_PROXIES = env.int("NUM_PROXIES", default=0)
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="flowtrack-demo")

# Work ------------------------------------------------------------------------------------------
# The engines only carry (job, attempt); which of them is decided in jobs/engines.py, by REDIS_URL alone.
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
        "ENQUEUE_ON_COMMIT": False,
    }
}
RQ_QUEUES = {"default": {"URL": REDIS_URL}} if REDIS_URL else {}
JOB_LEASE_SECONDS = env.float("JOB_LEASE_SECONDS", default=15)
FILE_LIMIT = env.int("FILE_LIMIT_MB", default=1024) * 1024 * 1024
FILE_QUOTA = env.int("FILE_QUOTA_MB", default=10 * 1024) * 1024 * 1024
CLAMAV = env.str("CLAMAV", default="")
CLAMAV_SECONDS = env.float("CLAMAV_SECONDS", default=120)
CLOSE_RESOLVED_DAYS = env.int("CLOSE_RESOLVED_DAYS", default=14)
OUTGOING_ALLOWED_HOSTS = env.list("OUTGOING_ALLOWED_HOSTS", default=[])

# Cookies and headers ---------------------------------------------------------------------------
_COOKIE_PREFIX = "__Host-" if SECURE_COOKIES else ""
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}sessionid"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_AGE = SESSION_DAYS * DAY
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}csrftoken"
SECURE_SSL_REDIRECT = not DEBUG
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # probes come from inside, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if NUM_PROXIES else None
SECURE_HSTS_SECONDS = 0 if DEBUG else 365 * DAY
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Whether a whole domain enters the browsers' preload lists is its owner's decision, not an application's.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# Letters and logs ------------------------------------------------------------------------------
SITE_URL = env.str(
    "SITE_URL",
    default=f"http://localhost:{env.int('PORT', default=8000)}"
    if DEBUG
    else f"https://{ALLOWED_HOSTS[0]}",
)
_EMAIL = env.email_url("EMAIL_URL", default="consolemail://" if DEBUG else "smtp://localhost:25")
EMAIL_BACKEND = _EMAIL["EMAIL_BACKEND"]
EMAIL_HOST = _EMAIL["EMAIL_HOST"] or "localhost"
EMAIL_PORT = _EMAIL["EMAIL_PORT"] or 25
EMAIL_HOST_USER = _EMAIL["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _EMAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = _EMAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = _EMAIL["EMAIL_FILE_PATH"]
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="FlowTrack <flowtrack@localhost>")
MAIL_REPLY_ADDRESS = env.str("MAIL_REPLY_ADDRESS", default="")
MAIL_IN_URL = env.str("MAIL_IN_URL", default="")
MAIL_MOST_BYTES = env.int("MAIL_MOST_BYTES", default=25 * 1024 * 1024)
LOGGING = logging_to_stderr(
    style=env.str("LOG_FORMAT", default="plain" if DEBUG else "json"),
    level=env.str("LOG_LEVEL", default="INFO"),
)
