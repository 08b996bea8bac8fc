"""Django Admin with one way in and out: the portal's."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from portal import views

Context = dict[str, Any] | None


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

    def logout(self, request: HttpRequest, extra_context: Context = None) -> HttpResponse:  # type: ignore[override]
        """End the session as the portal does."""
        return views.sign_out(request)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: Context = None
    ) -> HttpResponse:
        """Show the portal's page, which asks for the current password and ends other sessions."""
        return redirect("portal:password-change")
