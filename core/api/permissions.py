"""Routes that are not about rows one may see, and yet not for everybody."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class AdminsOnly(BasePermission):
    """What concerns the whole installation."""

    message = "Only admins may do this."

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user and request.user.is_admin)  # type: ignore[union-attr]
