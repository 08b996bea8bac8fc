"""What people can ask for, what they asked, and who decided."""

from requests_app.models.catalogue import Category, RequestType
from requests_app.models.decision import Decision, DecisionMade
from requests_app.models.service_request import ServiceRequest

__all__ = ["Category", "Decision", "DecisionMade", "RequestType", "ServiceRequest"]
