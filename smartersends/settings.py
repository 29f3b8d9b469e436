"""The one settings file. Every value that an installation may change is read here and named in docs/settings.md."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from smartersends import env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("SMARTERSENDS_DATA", str(BASE_DIR / ".data")))

DEBUG = env.flag("DEBUG", default=False)
#: The portal is reached over TLS. bin/demo, on loopback, turns it off.
HTTPS = env.flag("HTTPS", default=False)
#: One-click log-in links and other comforts of bin/demo. Refused together with HTTPS.
DEMO = env.flag("DEMO", default=False)

#: The port in links while HTTPS is off.
PUBLIC_PORT = env.number("PUBLIC_PORT", 8000)

SECRET_KEY = env.secret("SECRET_KEY", file=DATA_DIR / "secret-key")
#: Fernet keys that encrypt Braze keys at rest, newest first; each may be any text of good length.
ENCRYPTION_KEYS = env.words("ENCRYPTION_KEYS") or [SECRET_KEY]

# A request's host decides its brand: branding.middleware refuses every host that no brand owns.
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",  # its templates go before the admin's; its other config would replace our site
    "smartersends.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django_rls_tenants",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "template_partials",
    "django_prose_editor",
    "branding",
    "workspace",
    "accounts",
    "groups",
    "library",
    "audiences",
    "delivery",
    "connection",
    "campaigns",
    "studio",
    "insights",
    "smartersends.apps.SmartersendsConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "branding.middleware.BrandMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SignInMiddleware",
    "accounts.middleware.OpsMiddleware",
    "accounts.middleware.PrivatePagesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "smartersends.urls"
WSGI_APPLICATION = "smartersends.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "branding.context.brand_theme",
                "groups.context.person",
                "connection.context.connection_trouble",
                "connection.stopped.banner",
            ],
        },
    },
]

# --- Data -----------------------------------------------------------------------------------------

DATABASES: dict[str, dict[str, Any]] = {
    "default": {**env.database("DATABASE_URL"), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

#: The wall between brands. SET LOCAL, so a scope can never outlive its transaction on a shared connection.
RLS_TENANTS = {
    "TENANT_MODEL": "branding.Brand",
    "TENANT_FK_FIELD": "brand",
    "TENANT_PK_TYPE": "bigint",
    "USE_LOCAL_SET": True,
}

REDIS_URL = env.text("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "smartersends",
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
}

MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
#: Files are collected, hashed and compressed (`manage.py collectstatic`); else they are served from where they lie.
COLLECTED_STATIC = env.flag("COLLECTED_STATIC", default=HTTPS)
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(DATA_DIR / "static"))) if COLLECTED_STATIC else None
#: Uploaded files lie in this bucket instead of MEDIA_ROOT.
S3_BUCKET = env.text("S3_BUCKET", "")
S3_OPTIONS: dict[str, Any] = {
    "bucket_name": S3_BUCKET,
    "endpoint_url": env.text("S3_ENDPOINT", "") or None,
    "region_name": env.text("S3_REGION", "") or None,
    "access_key": env.text("S3_ACCESS_KEY", "") or None,
    "secret_key": env.text("S3_SECRET_KEY", "") or None,
    "location": env.text("S3_PREFIX", ""),
    "default_acl": None,
    "file_overwrite": False,
    "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
}
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "smartersends.media.BucketStorage", "OPTIONS": S3_OPTIONS}
    if S3_BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "smartersends.storage.HashedStaticStorage"
        if COLLECTED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not COLLECTED_STATIC

# --- Sign-in --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.PersonBackend",
    "accounts.backends.OpsBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.PortalAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # an address is unique inside its brand, which is all that a sign-in page can see
]

#: Reverse proxies in front, whose X-Forwarded-For is believed when sign-ins are counted by client address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0)

EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10  # seconds; a mail server that hangs must not hold up a worker
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "portal@localhost")
if EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"

# --- Browser security -----------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],  # accounts.middleware sets the admin's own policy
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = (
    False  # htmx sends the token from the page, not from the cookie; kept readable for allauth
)
CSRF_FAILURE_VIEW = "smartersends.views.csrf_failure"
if HTTPS:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^\.well-known/smartersends/"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- Ops ------------------------------------------------------------------------------------------

UNFOLD = {"SITE_TITLE": "SmarterSends ops", "SITE_HEADER": "SmarterSends ops", "SHOW_VIEW_ON_SITE": False}

# --- Languages and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Background work ------------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
#: A nudge that cannot be given must not hold up the person who clicked: beat finds the promise anyway.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 5}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep-promises": {"task": "delivery.tasks.sweep", "schedule": env.number("SWEEP_SECONDS", 5)},
    "follow-dispatches": {
        "task": "campaigns.tasks.follow_dispatches",
        "schedule": env.number("SWEEP_SECONDS", 5),
    },
    "check-connections": {"task": "workspace.tasks.sweep", "schedule": env.number("CHECK_SWEEP_SECONDS", 15)},
    "tell-brand-admins": {
        "task": "connection.tasks.tell_due",
        "schedule": env.number("CHECK_SWEEP_SECONDS", 15),
    },
    "go-on-reading": {"task": "connection.tasks.read_due", "schedule": 30},
    "go-on-merging": {"task": "studio.tasks.sweep_merges", "schedule": env.number("SWEEP_SECONDS", 5)},
    "refresh-segments": {"task": "connection.tasks.refresh_segments", "schedule": 600},
    "poll-numbers": {"task": "insights.tasks.poll_due", "schedule": env.number("POLL_SWEEP_SECONDS", 15)},
    "follow-links": {"task": "library.tasks.sweep_links", "schedule": 60},
}

# --- Braze ----------------------------------------------------------------------------------------

#: Braze endpoints may point at this machine (the sandbox). Never set in production.
BRAZE_ALLOW_LOOPBACK = env.flag("BRAZE_ALLOW_LOOPBACK", default=False)
#: Addresses that the workers' calls to Braze come from, for the allowlist of a brand's key.
OUTGOING_IPS = env.words("OUTGOING_IPS")
#: "Send now" is a schedule this many seconds ahead: time to change one's mind, and room for clocks that differ.
SEND_NOW_SECONDS = env.number("SEND_NOW_SECONDS", 60)
#: New send ids Braze gives a workspace per UTC day, less what other systems of the brand use.
SEND_IDS_PER_DAY = env.number("SEND_IDS_PER_DAY", 100)
#: Percent of each of Braze's windows that sends leave to reads, until its last quarter.
BRAZE_READ_SHARE = env.number("BRAZE_READ_SHARE", 5)
#: Percent of each of Braze's windows that reads leave to sends.
BRAZE_SEND_RESERVE = env.number("BRAZE_SEND_RESERVE", 60)
#: Seconds until a silent call to Braze is given up; what it was to do may have been done. Leases go by it.
BRAZE_TIMEOUT_SECONDS = env.number("BRAZE_TIMEOUT_SECONDS", 30)
#: Calls to Braze that one worker process has under way at once.
BRAZE_CALLS_AT_ONCE = env.number("BRAZE_CALLS_AT_ONCE", 96)
#: Seconds after which numbers of a send in its first two days are fetched anew (older ones: sixty times that).
POLL_FRESH_SECONDS = env.number("POLL_FRESH_SECONDS", 600)
#: The sandbox that seed_demo fills.
BRAZE_SANDBOX_URL = env.text("BRAZE_SANDBOX_URL", "")

# --- Mails ----------------------------------------------------------------------------------------

#: Links of mails may be followed to this machine. Never set in production.
LINKS_ALLOW_LOOPBACK = env.flag("LINKS_ALLOW_LOOPBACK", default=False)

# --- Logs -----------------------------------------------------------------------------------------

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "httpx2": {"level": "WARNING"},  # its INFO lines repeat every call that delivery records anyway
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}

os.environ.setdefault("PGAPPNAME", "smartersends")
