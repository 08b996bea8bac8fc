"""The web application that the server loads: `granian --interface wsgi flowtrack.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flowtrack.settings")

application = get_wsgi_application()
