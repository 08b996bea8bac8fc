"""Django Admin with one way in and out: the portal's."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from portal import views

Context = dict[str, Any] | None

# What people come for stands first; what is set up once, last.
FIRST_APPS = ("tickets", "requests_app")
LAST_APPS = ("accounts", "core")
FIRST_MODELS = ("Ticket", "WorkOrder", "ServiceRequest")


class PortalAdminSite(AdminSite):
    """The stock admin, whose own sign-in, sign-out and password pages give way to the portal's.

    The stock ones know neither throttles nor session rows, so they would be a second, weaker door.
    """

    site_title = "FlowTrack admin"
    site_header = "FlowTrack"
    index_title = "Administration"

    def login(self, request: HttpRequest, extra_context: Context = None) -> HttpResponse:
        """Send strangers to sign in, and tell those who are in but not staff why they stay out."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied("The admin is for agents and administrators.")
        asked_for = request.GET.get("next") or reverse("admin:index")
        return redirect_to_login(asked_for, reverse("portal:sign-in"))

    def get_urls(self) -> list[Any]:
        """Without the stock way from any row to its page: no row has one, and it fails on a wrong key."""
        return [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The index and the sidebar, in the order of use; what is used alike, by name."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _place(model["object_name"], FIRST_MODELS))
        return sorted(apps, key=lambda app: _place(app["app_label"], FIRST_APPS, LAST_APPS))

    def logout(self, request: HttpRequest, extra_context: Context = None) -> HttpResponse:  # type: ignore[override]
        """End the session as the portal does."""
        return views.sign_out(request)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: Context = None
    ) -> HttpResponse:
        """Show the portal's page, which asks for the current password and ends other sessions."""
        return redirect("portal:password-change")


def _place(name: str, first: Sequence[str], last: Sequence[str] = ()) -> int:
    """Where something stands among its like: before the rest, after it, or with it."""
    if name in first:
        return first.index(name) - len(first)
    return last.index(name) + 1 if name in last else 0
