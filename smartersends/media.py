"""Pictures in S3, or in whatever speaks its protocol. Chosen by S3_BUCKET, see docs/settings.md."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage  # type: ignore[import-untyped]  # django-storages ships no types


class BucketStorage(S3Storage):  # type: ignore[misc]  # as above
    """Keeps files in a bucket that may be private: the brand's own host goes on showing them.

    So addresses are the same wherever files lie, and stay what they were when an installation moves to a bucket.
    """

    def url(self, name: str, *_parameters: object, **_more: object) -> str:
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name) or "")
