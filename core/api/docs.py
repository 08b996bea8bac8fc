"""The page to read and try the API."""

from __future__ import annotations

from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularSwaggerSplitView

# Swagger UI styles its elements inline and draws its icons from data: addresses.
LOOSER = {"style-src": ["'unsafe-inline'"], "img-src": ["data:"]}


@method_decorator(csp_update(LOOSER), name="dispatch")
class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI, served from here, under a policy that is looser for this page alone."""

    http_method_names = ["get", "head"]
