"""Settings, read from the environment; safe when nothing is set.

========================  =====================================================================
LEARNINGCITY_DEBUG        "1" shows errors in the browser; never on a public machine
LEARNINGCITY_HOSTS        host names beside the loopback ones, joined with commas
LEARNINGCITY_SECRET_KEY   the secret key; without it one is made at first start and kept in the
                          user's own folder
LEARNINGCITY_OVERLAY      folder with the user's own tables, laid over the shipped atlas; "none" = none
LEARNINGCITY_STUDY        a study file (TOML) that the site shows instead of the study of the award cities; "none" = that
LEARNINGCITY_HTTPS        "1" behind HTTPS: adds strict transport security, cookies over HTTPS alone
LEARNINGCITY_MAPS         "table" replaces every map by its table
LEARNINGCITY_BASE_MAP     an approved base map (PNG or JPEG) in the place of the land dots, see docs/charts.md
LEARNINGCITY_BASE_MAP_NUMBER    its review number; without it the base map is refused
LEARNINGCITY_BASE_MAP_CENTRE    its central meridian, 150 when not set
========================  =====================================================================
"""

import logging
import os
from pathlib import Path

import learningcity as lc
from learningcity.web import uploads
from learningcity.web.secret import secret_key

HERE = Path(__file__).resolve().parent


def _on(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in ("1", "true", "yes", "on")


def _listed(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


DEBUG = _on("LEARNINGCITY_DEBUG")
SECRET_KEY = secret_key()
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *_listed("LEARNINGCITY_HOSTS")]
_ASKED = os.environ.get("LEARNINGCITY_OVERLAY")
OVERLAY = (_ASKED or "").strip() or None
if OVERLAY is not None and OVERLAY.lower() == "none":
    OVERLAY = None
#: Where the user's own tables may change while the site runs; None = nowhere, as was asked.
WATCHED = Path(OVERLAY) if OVERLAY else lc.home() / "overlay" if _ASKED is None else None

#: The study file that the site shows; None = the study of the award cities.
STUDY = os.environ.get("LEARNINGCITY_STUDY", "").strip() or None
if STUDY is not None and STUDY.lower() == "none":
    STUDY = None

#: Maps: drawn, or replaced by their tables.
MAPS = "table" if os.environ.get("LEARNINGCITY_MAPS", "").strip().lower() == "table" else "map"
BASE_MAP = os.environ.get("LEARNINGCITY_BASE_MAP", "").strip() or None
BASE_MAP_NUMBER = os.environ.get("LEARNINGCITY_BASE_MAP_NUMBER", "")
BASE_MAP_CENTRE = os.environ.get("LEARNINGCITY_BASE_MAP_CENTRE", "").strip() or "150"

ROOT_URLCONF = "learningcity.web.urls"
WSGI_APPLICATION = "learningcity.web.wsgi.application"
INSTALLED_APPS = ["django.contrib.staticfiles"]
DATABASES: dict[str, dict[str, object]] = {}
# Pages never start with a slash less: /en/cities is the address, and there is no second one.
APPEND_SLASH = False

MIDDLEWARE = [
    "learningcity.web.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "learningcity.web.api.front.door",
    "learningcity.web.middleware.only_reading",
    "learningcity.web.middleware.HashedFiles",
    "learningcity.web.freshness.Freshness",
    "learningcity.web.kept.KeptPages",
    "learningcity.web.api.front.KeptAnswers",
    "learningcity.web.uploads.own_tables",
    "learningcity.web.middleware.AskedGZip",
    "django.middleware.http.ConditionalGetMiddleware",
    "learningcity.web.middleware.language_of_address",
    "django.middleware.common.CommonMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates", *sorted((HERE / "screens").glob("*/templates"))],
        "OPTIONS": {
            "context_processors": ["learningcity.web.context.page"],
            "builtins": [
                "django.templatetags.i18n",
                "learningcity.web.templatetags.words",
                "learningcity.web.templatetags.pictures",
                "learningcity.web.templatetags.circles",
                "learningcity.web.templatetags.strips",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader"],
                )
            ],
        },
    }
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh", "中文")]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static", lc.document_assets()]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "learningcity.web.assets.HtmxFinder",
]
STORAGES = {"staticfiles": {"BACKEND": "learningcity.web.assets.HashedStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# An own table comes as a file of a form: it stays in memory, and a body that is longer is not read.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = uploads.MAXIMUM_BODY
DATA_UPLOAD_MAX_MEMORY_SIZE = uploads.MAXIMUM_BODY
DATA_UPLOAD_MAX_NUMBER_FILES = 4
DATA_UPLOAD_MAX_NUMBER_FIELDS = 40
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _on("LEARNINGCITY_HTTPS")
CSRF_COOKIE_NAME = "__Host-learningcity-form" if CSRF_COOKIE_SECURE else "learningcity-form"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "learningcity.web.pages.not_from_here"
# Behind a server that speaks HTTPS to the visitor and HTTP to us, forms come from https://host.
CSRF_TRUSTED_ORIGINS = [
    f"https://{host.replace('.', '*.', 1) if host.startswith('.') else host}" for host in ALLOWED_HOSTS
] if CSRF_COOKIE_SECURE else []  # fmt: skip

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _on("LEARNINGCITY_HTTPS") else 0
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
#: For pages that load our two scripts: files of our own address, which may ask our own address; still no inline
#: code, no eval, nothing from elsewhere.
SCRIPTED_POLICY = f"{CONTENT_SECURITY_POLICY}; script-src 'self'; connect-src 'self'"
PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), payment=(), usb=()"
)


def one_line(record: logging.LogRecord) -> bool:
    """Shorten what is logged of a refused request, such as a bad host name: anybody can send thousands."""
    if record.name.startswith("django.security."):
        record.msg, record.args = record.getMessage()[:300], ()
        record.exc_info = record.exc_text = None
    return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"one-line": {"()": "django.utils.log.CallbackFilter", "callback": one_line}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["one-line"]}},
    "loggers": {"django": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}
