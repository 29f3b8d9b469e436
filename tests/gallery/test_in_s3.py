"""Files in a bucket: one setting, the same addresses, and headers that let caches keep them. No network is used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from botocore.stub import ANY, Stubber  # type: ignore[import-untyped]  # boto ships no types
from django.core.files.base import ContentFile
from django.test import Client

from smartersends.media import BucketStorage

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import json
from django.conf import settings
print(json.dumps({"default": settings.STORAGES["default"], "media": settings.MEDIA_URL}))
"""
OPTIONS: dict[str, Any] = {
    "bucket_name": "pictures", "access_key": "id", "secret_key": "secret", "region_name": "eu-west-1",
    "default_acl": None, "file_overwrite": False, "object_parameters": {"CacheControl": "public, immutable"},
}  # fmt: skip
MISSING = {"service_error_code": "404", "http_status_code": 404}


def settings_with(**variables: str) -> Any:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "smartersends.settings", **variables}
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    return json.loads(done.stdout)["default"]


def test_files_lie_on_disk_unless_a_bucket_is_named():
    assert settings_with(S3_BUCKET="")["BACKEND"] == "django.core.files.storage.FileSystemStorage"


def test_what_the_environment_says_reaches_the_bucket():
    told = settings_with(
        S3_BUCKET="pictures", S3_ENDPOINT="https://s3.example.net", S3_REGION="eu-west-1", S3_ACCESS_KEY="id",
        S3_SECRET_KEY="secret", S3_PREFIX="portal",
    )  # fmt: skip

    assert told["BACKEND"] == "smartersends.media.BucketStorage"
    storage = BucketStorage(**told["OPTIONS"])
    assert storage.bucket_name == "pictures"
    assert storage.endpoint_url == "https://s3.example.net"
    assert storage.location == "portal"
    assert storage.object_parameters["CacheControl"].endswith("immutable")
    assert not storage.file_overwrite


def test_addresses_are_those_of_the_brands_own_host():
    assert BucketStorage(**OPTIONS).url("bluebird/images/a cup.jpg") == "/media/bluebird/images/a%20cup.jpg"


def test_a_file_is_kept_with_headers_for_caches():
    storage = BucketStorage(**OPTIONS)
    with Stubber(storage.connection.meta.client) as wire:
        wire.add_client_error("head_object", **MISSING)
        wire.add_response(
            "put_object", {},
            {"Bucket": "pictures", "Key": "bluebird/images/cup.jpg", "Body": ANY, "ContentType": "image/jpeg",
             "CacheControl": "public, immutable", "ChecksumAlgorithm": ANY},
        )  # fmt: skip
        assert storage.save("bluebird/images/cup.jpg", ContentFile(b"cup")) == "bluebird/images/cup.jpg"
        wire.assert_no_pending_responses()


@pytest.mark.django_db
def test_what_is_not_in_the_bucket_is_not_there(bluebird, monkeypatch):
    storage = BucketStorage(**OPTIONS)
    monkeypatch.setattr("branding.views.default_storage", storage)
    with Stubber(storage.connection.meta.client) as wire:
        wire.add_client_error("head_object", **MISSING)
        answer = Client(headers={"host": "bluebird.localhost"}).get("/media/bluebird/images/none.jpg")

    assert answer.status_code == 404
