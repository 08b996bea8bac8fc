"""One's own account: who one is, where one is signed in, and the password."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import passwords, profile
from accounts.attempts import PersonThrottle
from accounts.models import Session
from accounts.serializers import MeSerializer, PasswordChangeSerializer, SessionSerializer
from accounts.views.bases import AccountView, read
from core.api.etags import etag, expected_version
from core.api.ordering import Ordering
from core.api.throttles import client_address
from core.api.viewsets import ReadMixin
from core.errors import NotFound


class MeView(AccountView):
    """One's own account."""

    also_refuses_with = frozenset({429})

    @extend_schema(summary="Me", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """One's own account, with role and permissions."""
        return _shown(request, request.user)

    @extend_schema(
        summary="Change me",
        request=MeSerializer,
        responses=MeSerializer,
        examples=[OpenApiExample("A new name", {"name": "Ann Archer"}, request_only=True)],
    )
    def patch(self, request: Request) -> Response:
        """Change name or e-mail; a new e-mail needs `current_password` and ends other sessions."""
        changed = profile.edit(
            request.user,  # type: ignore[arg-type]
            keep=request.auth,  # type: ignore[arg-type]
            address=client_address(request._request),
            expected_version=expected_version(request, request.user.pk),  # type: ignore[arg-type]
            **read(MeSerializer, request, request.user, partial=True),
        )
        return _shown(request, changed)


class PasswordView(AccountView):
    """One's own password."""

    also_refuses_with = frozenset({429})

    @extend_schema(
        summary="Change password", request=PasswordChangeSerializer, responses={204: None}
    )
    def post(self, request: Request) -> Response:
        """Replace the password; every other session ends."""
        given = read(PasswordChangeSerializer, request)
        passwords.change_password(
            request.user,  # type: ignore[arg-type]
            current=given["current_password"],
            new=given["new_password"],
            keep=request.auth,  # type: ignore[arg-type]
            address=client_address(request._request),
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema_view(list=extend_schema(summary="Signed-in devices"))
class SessionViewSet(ReadMixin):
    """Where one is signed in."""

    model = Session  # type: ignore[assignment]
    serializer_class = SessionSerializer
    throttle_classes = [PersonThrottle]
    also_refuses_with = frozenset({429})
    orderings = {
        "last_used_at": Ordering("last_used_at"),
        "created_at": Ordering("created_at"),
    }
    default_ordering = "-last_used_at"

    @extend_schema(summary="Sign a device out", responses={204: None})
    def destroy(self, request: Request, pk: UUID, **kwargs: Any) -> Response:
        """End one of one's sessions; its next request is 401."""
        if not Session.objects.filter(user=request.user.pk, pk=pk).end(Session.EndReason.REVOKED):
            raise NotFound
        return Response(status=status.HTTP_204_NO_CONTENT)


def _shown(request: Request, user: Any) -> Response:
    body = MeSerializer(user, context={"request": request}).data
    return Response(body, headers={"ETag": etag(user)})
