"""How one wants to hear of things."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.views.bases import AccountView, read
from notifications.models import Preferences
from notifications.serializers import PreferencesSerializer
from notifications.wishes import choose


class PreferencesView(AccountView):
    """One's own preferences."""

    @extend_schema(summary="Notification preferences", responses=PreferencesSerializer)
    def get(self, request: Request) -> Response:
        """How you hear of each topic, and when e-mail may come."""
        return Response(PreferencesSerializer(Preferences.objects.of(request.user)).data)

    @extend_schema(
        summary="Change notification preferences",
        request=PreferencesSerializer,
        responses=PreferencesSerializer,
    )
    def patch(self, request: Request) -> Response:
        """Choose anew; what you leave out stays as it is."""
        given = read(PreferencesSerializer, request, partial=True)
        return Response(PreferencesSerializer(choose(request.user, **given)).data)
