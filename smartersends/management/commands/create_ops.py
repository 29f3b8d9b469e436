from __future__ import annotations

import getpass
import os
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from branding.scope import across_brands


class Command(BaseCommand):
    help = "Makes an account of ops, who run the installation in Django admin. The password comes from OPS_PASSWORD or is asked for."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="Ops")

    def handle(self, *_args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        with across_brands("create_ops looks for the address"):
            if User.objects.filter(brand__isnull=True, email=email).exists():
                raise CommandError(f"{email} is an account of ops already.")
        password = os.environ.get("OPS_PASSWORD") or getpass.getpass("Password: ")
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        User.objects.create_superuser(email, password, name=options["name"])
        self.stdout.write(f"{email} can sign in at /admin/.")
