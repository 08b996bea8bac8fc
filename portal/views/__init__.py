"""The portal's pages."""

from portal.views.errors import (
    bad_request,
    csrf_failure,
    error_page,
    page_not_found,
    permission_denied,
    server_error,
)
from portal.views.passwords import change_password, redeem_reset, request_reset, reset_sent
from portal.views.sign_in import sign_in, sign_out
from portal.views.start import start

__all__ = [
    "bad_request",
    "change_password",
    "csrf_failure",
    "error_page",
    "page_not_found",
    "permission_denied",
    "redeem_reset",
    "request_reset",
    "reset_sent",
    "server_error",
    "sign_in",
    "sign_out",
    "start",
]
