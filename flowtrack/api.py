"""The one router: which app answers where under `/api/`."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from accounts import urls as accounts
from core.api.docs import DocsView
from dashboards import urls as dashboards
from discussion import urls as discussion
from files import urls as files
from jobs import urls as jobs
from notifications import urls as notifications
from requests_app.views import CatalogViewSet, CategoryViewSet, RequestViewSet
from sla import urls as sla
from tickets import urls as tickets
from workflows import urls as workflows

router = SimpleRouter()
router.register("requests", RequestViewSet, basename="requests")
router.register("catalog", CatalogViewSet, basename="catalog")
router.register("categories", CategoryViewSet, basename="categories")
for app in (tickets, workflows, discussion, files, jobs, notifications, accounts):
    for prefix, viewset in app.viewsets.items():
        router.register(prefix, viewset, basename=prefix)
for prefix, viewset in sla.viewsets.items():
    router.register(f"sla/{prefix}", viewset, basename=prefix)

urlpatterns = [
    *notifications.api_patterns,
    path("", include(router.urls)),
    path("auth/", include(accounts.auth_patterns)),
    path("dashboard/", include(dashboards)),
    path("sla/", include(sla)),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(url_name="schema"), name="docs"),
]
