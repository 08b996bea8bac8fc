"""Settings that are the same in every installation: how the API behaves and what a page may load."""

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.BearerAuthentication",
        "accounts.authentication.CookieAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["core.api.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["core.api.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.ContractSchema",
    "DATETIME_FORMAT": None,  # the renderer writes every moment in the one way
    "EXCEPTION_HANDLER": "core.api.problems.exception_handler",
    "URL_FORMAT_OVERRIDE": None,  # `?format=` belongs to exports, not to content negotiation
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

SPECTACULAR_SETTINGS = {
    "TITLE": "FlowTrack",
    "DESCRIPTION": "Operations requests, tickets and work orders of one company, with a history that cannot be rewritten.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,  # what is sent and what comes back are different shapes
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.api.examples.add_examples",
    ],
    "ENUM_NAME_OVERRIDES": {
        "RequestStatus": "requests_app.states.RequestStatus",
        "TicketStatus": "tickets.states.TicketStatus",
        "WorkOrderStatus": "tickets.states.WorkOrderStatus",
        "ChecklistItemStatus": "tickets.models.ChecklistItem.Status",
        "Escalation": "sla.models.Escalation",
        "PolicyKind": "sla.matching.PolicyKind",
        "PromiseState": "sla.serializers.STATES",
        "SegmentKind": "sla.serializers.SEGMENT_KINDS",
        "FileStatus": "files.states.FileStatus",
        "AccountStatus": "accounts.models.User.Status",
        "JobStatus": "jobs.states.JobStatus",
        "WebhookStatus": "notifications.models.WebhookEndpoint.Status",
        "AccountRole": "accounts.models.User.Role",
        "ProjectRole": "workflows.states.Role",
        "TaskStatus": "workflows.states.TaskStatus",
        "WorkflowStatus": "workflows.states.WorkflowStatus",
        "Priority": "core.priority.Priority",
        "NotificationTopic": "notifications.topics.Topic",
        "MailCadence": "notifications.topics.Cadence",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}
