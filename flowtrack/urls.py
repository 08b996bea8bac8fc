"""Every address of FlowTrack."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from core.api import health

urlpatterns = [
    path("api/", include("flowtrack.api")),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("admin", RedirectView.as_view(pattern_name="admin:index")),
    path("admin/", admin.site.urls),
    path("", include("notifications.urls")),
    path("", include("portal.urls")),
]

handler400 = "portal.views.bad_request"
handler403 = "portal.views.permission_denied"
handler404 = "portal.views.page_not_found"
handler500 = "portal.views.server_error"
