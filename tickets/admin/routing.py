"""Routing rules in the admin, in the order in which they are asked."""

from __future__ import annotations

from django.contrib import admin

from core.admin import ConfigurationAdmin
from tickets.models import RoutingRule


@admin.register(RoutingRule)
class RoutingRuleAdmin(ConfigurationAdmin):
    """Which new tickets go to which team: the first rule from the top that fits wins."""

    fields = [
        "name",
        "position",
        "is_active",
        "category",
        "tag",
        "department",
        "team",
        "distribution",
        "created_at",
        "updated_at",
    ]
    list_display = [
        "name",
        "position",
        "category",
        "tag",
        "department",
        "team",
        "distribution",
        "is_active",
    ]
    list_filter = ["is_active", "team"]
    search_fields = ["name"]
    autocomplete_fields = ["category", "tag", "department", "team"]
    ordering = ["position", "pk"]
