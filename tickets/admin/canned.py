"""Canned replies in the admin."""

from __future__ import annotations

from django.contrib import admin

from core.admin import RecordAdmin
from tickets.models import CannedReply


@admin.register(CannedReply)
class CannedReplyAdmin(RecordAdmin):
    """What agents write again and again."""

    fields = ["title", "body", "team", "is_active", "created_at", "updated_at"]
    list_display = ["title", "team", "is_active", "updated_at"]
    list_filter = ["is_active", "team"]
    search_fields = ["title", "body"]
    autocomplete_fields = ["team"]
    ordering = ["title", "pk"]
