"""The application for any WSGI server: ``learningcity.web.wsgi:application``."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningcity.web.settings")

application = get_wsgi_application()

if settings.STUDY is not None:
    # Under another server than ours, too, a wrong study file is told at the start and not by a page.
    from learningcity.web.content import studies

    studies.asked()
