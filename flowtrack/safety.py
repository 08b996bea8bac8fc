"""What FlowTrack refuses to start with: every danger is named at once, each in a sentence that says how to mend it."""

from collections.abc import Iterator, Sequence

from django.core.exceptions import ImproperlyConfigured

SECRET_KEY_LENGTH = 50
SIGNING_KEY_BYTES = 32
LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "0.0.0.0"}  # noqa: S104 - names, nothing is bound


def refuse_unsafe(
    *,
    debug: bool,
    secret_key: str,
    allowed_hosts: Sequence[str],
    signing_keys: str,
    secure_cookies: bool,
) -> None:
    """Raise ImproperlyConfigured unless these settings may face people."""
    if debug:
        dangers = list(_debug_dangers(allowed_hosts))
    else:
        dangers = [
            *_secret_key_dangers(secret_key),
            *_host_dangers(allowed_hosts),
            *_signing_key_dangers(signing_keys, secret_key=secret_key),
            *_cookie_dangers(secure_cookies),
        ]
    if dangers:
        lines = "\n".join(f"- {danger}" for danger in dangers)
        raise ImproperlyConfigured(
            f"FlowTrack does not start with unsafe settings:\n{lines}\n"
            "To try it on this machine, run `make run`. Every variable is explained in .env.example."
        )


def _debug_dangers(allowed_hosts: Sequence[str]) -> Iterator[str]:
    public = [host for host in allowed_hosts if not _is_local(host)]
    if public:
        yield (
            "DEBUG shows source code and settings to everyone who can reach the server, "
            f"but ALLOWED_HOSTS names {', '.join(public)}. Set DEBUG=0, or keep to localhost."
        )


def _secret_key_dangers(secret_key: str) -> Iterator[str]:
    if not secret_key:
        yield "SECRET_KEY is missing. Set it to a random text of at least 50 characters."
    elif len(secret_key) < SECRET_KEY_LENGTH:
        yield "SECRET_KEY is too short. Set it to a random text of at least 50 characters."


def _host_dangers(allowed_hosts: Sequence[str]) -> Iterator[str]:
    if not allowed_hosts:
        yield "ALLOWED_HOSTS is empty. Name the hosts that people use to reach FlowTrack."
    elif "*" in allowed_hosts:
        yield 'ALLOWED_HOSTS allows every host with "*". Name the hosts that people use.'


def _signing_key_dangers(signing_keys: str, *, secret_key: str) -> Iterator[str]:
    pairs = [pair.strip().partition(":") for pair in signing_keys.split(",") if pair.strip()]
    names = [name for name, _, _ in pairs]
    keys = [key for _, _, key in pairs]
    if not pairs:
        yield "JWT_SIGNING_KEYS is missing. Set it to name:key, the key random, at least 32 bytes."
    if not all(name and key for name, _, key in pairs):
        yield "JWT_SIGNING_KEYS must be a list of name:key, separated by commas."
    if any(key and len(key.encode()) < SIGNING_KEY_BYTES for key in keys):
        yield "JWT_SIGNING_KEYS has a key that is too short. Every key needs at least 32 bytes."
    if len(set(names)) < len(names) or len({*keys, secret_key}) < len(keys) + 1:
        yield "JWT_SIGNING_KEYS must differ from one another and from SECRET_KEY."


def _cookie_dangers(secure_cookies: bool) -> Iterator[str]:
    if not secure_cookies:
        yield "SECURE_COOKIES is off, so sign-ins could travel in the clear. Remove it or set it to 1."


def _is_local(host: str) -> bool:
    return host in LOCAL_HOSTS or host.endswith(".localhost")
