"""In again after forgetting the password."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import passwords
from accounts.serializers import ResetConfirmationSerializer, ResetSerializer
from accounts.views.bases import OpenView, read
from core.api.throttles import client_address


class ResetView(OpenView):
    """A mail with a link."""

    @extend_schema(
        summary="Forgot password",
        request=ResetSerializer,
        responses={202: None},
        examples=[OpenApiExample("Ann", {"email": "ann@example.com"}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """Send a link to this address if it has an account; the answer never tells whether."""
        given = read(ResetSerializer, request)
        passwords.request_reset(given["email"], address=client_address(request._request))
        return Response(status=status.HTTP_202_ACCEPTED)


class ConfirmResetView(OpenView):
    """The link's other end."""

    @extend_schema(
        summary="Set a new password",
        request=ResetConfirmationSerializer,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        """Set a new password with the token from the mail, once; every session ends."""
        given = read(ResetConfirmationSerializer, request)
        passwords.redeem_reset(
            given["token"], given["new_password"], address=client_address(request._request)
        )
        return Response(status=status.HTTP_204_NO_CONTENT)
