"""What the routes under `/api/auth/` have in common."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from accounts.attempts import PersonThrottle
from core.api.parameters import refuse_unknown_parameters


class AccountView(APIView):
    """One route for somebody who is signed in; knows no query parameters."""

    throttle_classes = [PersonThrottle]
    also_refuses_with = frozenset({429})

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown_parameters(request, known=())


class OpenView(AccountView):
    """One route for whoever comes, also with dead credentials."""

    authentication_classes = []
    permission_classes = []
    throttle_classes = []  # each spends the budget of its account and address


def read(
    serializer: type[BaseSerializer[Any]],
    request: Request,
    instance: Any = None,
    *,
    partial: bool = False,
) -> Any:
    """The body as this serializer understands it. Raises ValidationError naming each wrong field."""
    body = serializer(instance, request.data, partial=partial, context={"request": request})
    body.is_valid(raise_exception=True)
    return body.validated_data
