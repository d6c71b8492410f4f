"""The application for any WSGI server: ``learningcity.web.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningcity.web.settings")

application = get_wsgi_application()
