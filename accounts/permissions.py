"""What a person may do. Views and templates ask for a permission, never for a role."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    CREATE_CAMPAIGNS = "create_campaigns", _("Create campaigns")
    SEND_WITHOUT_APPROVAL = "send_without_approval", _("Send without approval")
    APPROVE = "approve", _("Approve")
    REVIEW = "review", _("Review")
    MANAGE_CONTACTS = "manage_contacts", _("Manage contacts")
    MANAGE_GALLERY = "manage_gallery", _("Manage gallery")
    EDIT_IMAGES = "edit_images", _("Edit images")
    MANAGE_FOLDERS = "manage_folders", _("Manage folders")
    MANAGE_TEMPLATES = "manage_templates", _("Manage templates")
    MANAGE_USERS = "manage_users", _("Manage users")
    MANAGE_GROUPS = "manage_groups", _("Manage groups")
    CREATE_QUERIES = "create_queries", _("Create queries")
    EXPORT_AUDIENCES = "export_audiences", _("Export audiences")
    EXPORT_RECIPIENTS = "export_recipients", _("Export recipients")
    USAGE_REPORTS = "usage_reports", _("Usage reports")
    AUDIENCE_SETTINGS = "audience_settings", _("Audience settings")
    OVERWRITE_AUDIENCE = "overwrite_audience", _("Overwrite audience")
    MANAGE_BRAND = "manage_brand", _("Manage brand")
    MANAGE_ROLLOUTS = "manage_rollouts", _("Manage roll-outs")
    READ_NETWORK_INSIGHTS = "read_network_insights", _("Read insights of the network")
    VIEW_AUDIT_LOG = "view_audit_log", _("View audit log")


_P = Permission

#: What concerns the whole brand: worth something only where it is given at the top of the tree.
BRAND_WIDE = frozenset({_P.MANAGE_BRAND, _P.MANAGE_TEMPLATES, _P.VIEW_AUDIT_LOG})

#: The roles every brand starts with: key, name, permissions. A brand may edit its own copies.
BUILT_IN_ROLES: tuple[tuple[str, str, frozenset[Permission]], ...] = (
    ("brand_admin", "Brand admin", frozenset(_P)),
    (
        "brand_marketer",
        "Brand marketer",
        frozenset(_P) - {_P.MANAGE_USERS, _P.MANAGE_BRAND, _P.VIEW_AUDIT_LOG, _P.EXPORT_RECIPIENTS},
    ),
    (
        "region_manager",
        "Region manager",
        frozenset({_P.CREATE_CAMPAIGNS, _P.SEND_WITHOUT_APPROVAL, _P.APPROVE, _P.MANAGE_FOLDERS, _P.USAGE_REPORTS}),
    ),
    (
        "group_manager",
        "Group manager",
        frozenset({
            _P.CREATE_CAMPAIGNS, _P.SEND_WITHOUT_APPROVAL, _P.APPROVE, _P.MANAGE_CONTACTS, _P.MANAGE_GALLERY,
            _P.EDIT_IMAGES, _P.MANAGE_FOLDERS,
        }),
    ),
    ("composer", "Composer", frozenset({_P.CREATE_CAMPAIGNS, _P.MANAGE_FOLDERS})),
    ("reviewer", "Reviewer", frozenset({_P.REVIEW, _P.APPROVE})),
    ("viewer", "Viewer", frozenset()),
)  # fmt: skip
