"""Rows that are edited on the page of the record they belong to."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from core.admin.choices import KeyedChoices
from core.admin.person import actor_of


class ConfigurationInline(KeyedChoices, admin.TabularInline):
    """Rows of a configuration page; who may edit the page may edit them."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(actor_of(request).is_agent)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(actor_of(request).is_admin)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(actor_of(request).is_admin)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(actor_of(request).is_admin)
