#!/usr/bin/env python
"""FlowTrack's commands: `./manage.py help` lists them."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flowtrack.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as unsafe:
        sys.exit(str(unsafe))
