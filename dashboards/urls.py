"""Addresses of the figures, below `/api/dashboard/`."""

from django.urls import path

from dashboards.views import DashboardView, FigureView

urlpatterns = [
    path("", DashboardView.as_view(), name="dashboard"),
    path("<slug:figure>/", FigureView.as_view(), name="dashboard-figure"),
]
