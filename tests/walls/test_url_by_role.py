"""Every address of the portal, asked by everybody: what each gets is written down here, and nothing else happens."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from audiences.models import Segment
from branding.models import LegalIdentity
from branding.scope import brand_scope
from connection.models import VariationFile
from delivery import stops
from groups.models import Tag
from library.models import Folder, Image, Module, ModuleVersion, NewsletterImport, Restriction
from studio.merging import running as merging
from tests import factories
from workspace.models import Attribute

pytestmark = pytest.mark.django_db

#: Erin is brand admin, Mona marketer, Ron the region's manager, Alice manager, Ben composer, Rita reviewer and Bob
#: viewer of Leith; Carol manages the next group, Dave is admin of another brand and asks on its host, Olga is ops, and
#: nobody is signed out. A 302 of the last two leads to the sign-in page; elsewhere it leads on after the deed.
PEOPLE = ("erin", "mona", "ron", "alice", "ben", "rita", "bob", "carol", "dave", "olga", "nobody")

TABLE = """
                                  erin mona ron  alice ben rita bob  carol dave olga nobody
GET  campaigns:list               200  200  200  200  200  200  200  200  200  302  302
POST campaigns:list               405  405  405  405  405  405  405  405  405  302  302
GET  campaigns:templates          200  200  200  200  200  403  403  200  200  302  302
POST campaigns:templates          405  405  405  405  405  405  405  405  405  302  302
GET  campaigns:start              405  405  405  405  405  405  405  405  405  302  302
POST campaigns:start              302  302  302  302  302  403  403  302  302  302  302
GET  campaigns:detail             200  200  200  200  200  200  200  404  404  302  302
POST campaigns:detail             405  405  405  405  405  405  405  405  405  302  302
GET  campaigns:progress           200  200  200  200  200  200  200  404  404  302  302
POST campaigns:progress           405  405  405  405  405  405  405  405  405  302  302
GET  campaigns:preview            200  200  200  200  200  200  200  404  404  302  302
POST campaigns:preview            405  405  405  405  405  405  405  405  405  302  302
GET  campaigns:text               200  200  200  200  200  200  200  404  404  302  302
POST campaigns:text               405  405  405  405  405  405  405  405  405  302  302
GET  campaigns:resume             302  302  302  302  302  403  403  404  404  302  302
POST campaigns:resume             405  405  405  405  405  405  405  405  405  302  302
GET  campaigns:audience           200  200  200  200  200  403  403  404  404  302  302
POST campaigns:audience           302  302  302  302  302  403  403  404  404  302  302
GET  campaigns:when               200  200  200  200  200  403  403  404  404  302  302
POST campaigns:when               200  200  200  200  200  403  403  404  404  302  302
GET  campaigns:check              200  200  200  200  200  403  403  404  404  302  302
POST campaigns:check              405  405  405  405  405  405  405  405  405  302  302
GET  campaigns:compose            200  200  200  200  200  403  403  404  404  302  302
POST campaigns:compose            302  302  302  302  302  403  403  404  404  302  302
GET  campaigns:items              405  405  405  405  405  405  405  405  405  302  302
POST campaigns:items              302  302  302  302  302  403  403  404  404  302  302
GET  campaigns:rename             405  405  405  405  405  405  405  405  405  302  302
POST campaigns:rename             302  302  302  302  302  403  403  404  404  302  302
GET  campaigns:schedule           405  405  405  405  405  405  405  405  405  302  302
POST campaigns:schedule           302  302  302  302  302  403  403  404  404  302  302
GET  campaigns:submit             405  405  405  405  405  405  405  405  405  302  302
POST campaigns:submit             302  302  302  302  302  403  403  404  404  302  302
GET  campaigns:let_pass           405  405  405  405  405  405  405  405  405  302  302
POST campaigns:let_pass           302  403  403  403  403  403  403  403  404  302  302
GET  campaigns:take_newer         405  405  405  405  405  405  405  405  405  302  302
POST campaigns:take_newer         302  302  302  302  302  403  403  404  404  302  302
GET  campaigns:decide             405  405  405  405  405  405  405  405  405  302  302
POST campaigns:decide             302  302  302  302  302  403  403  404  404  302  302
GET  campaigns:approve            405  405  405  405  405  405  405  405  405  302  302
POST campaigns:approve            302  302  302  302  403  302  403  404  404  302  302
GET  campaigns:changes            405  405  405  405  405  405  405  405  405  302  302
POST campaigns:changes            302  302  302  302  403  302  403  404  404  302  302
GET  campaigns:cancel             405  405  405  405  405  405  405  405  405  302  302
POST campaigns:cancel             302  302  302  302  302  403  403  404  404  302  302
GET  campaigns:revise             405  405  405  405  405  405  405  405  405  302  302
POST campaigns:revise             302  302  302  302  302  403  403  404  404  302  302
GET  campaigns:change_time        302  302  302  302  403  403  403  404  404  302  302
POST campaigns:change_time        302  302  302  302  403  403  403  404  404  302  302
GET  campaigns:change_audience    302  302  302  302  403  403  403  404  404  302  302
POST campaigns:change_audience    302  302  302  302  403  403  403  404  404  302  302
GET  campaigns:refresh            405  405  405  405  405  405  405  405  405  302  302
POST campaigns:refresh            302  302  302  302  403  403  403  404  404  302  302
GET  campaigns:trace              200  200  200  200  200  200  200  404  404  302  302
POST campaigns:trace              405  405  405  405  405  405  405  405  405  302  302
GET  campaigns:settle             405  405  405  405  405  405  405  405  405  302  302
POST campaigns:settle             302  302  302  302  403  403  403  404  404  302  302
GET  campaigns:duplicate          405  405  405  405  405  405  405  405  405  302  302
POST campaigns:duplicate          302  302  302  302  302  403  403  404  404  302  302
GET  campaigns:discard            405  405  405  405  405  405  405  405  405  302  302
POST campaigns:discard            302  302  302  302  302  403  403  404  404  302  302
GET  campaigns:template_preview   200  200  200  200  200  403  403  200  404  302  302
POST campaigns:template_preview   405  405  405  405  405  405  405  405  405  302  302
GET  groups:profile               200  200  200  200  200  200  200  404  404  302  302
POST groups:profile               405  405  405  405  405  405  405  405  405  302  302
GET  groups:choose                200  200  200  200  200  200  200  200  200  302  302
POST groups:choose                405  405  405  405  405  405  405  405  405  302  302
GET  connection:read              302  302  403  403  403  403  403  403  302  302  302
POST connection:read              302  302  403  403  403  403  403  403  302  302  302
GET  connection:variations        200  403  403  403  403  403  403  403  200  302  302
POST connection:variations        405  405  405  405  405  405  405  405  405  302  302
GET  connection:variation         200  403  403  403  403  403  403  403  404  302  302
POST connection:variation         302  403  403  403  403  403  403  403  404  302  302
GET  connection:variations_download 200  403  403  403  403  403  403  403  200  302  302
POST connection:variations_download 405  405  405  405  405  405  405  405  405  302  302
GET  connection:variations_upload 405  405  405  405  405  405  405  405  405  302  302
POST connection:variations_upload 302  403  403  403  403  403  403  403  302  302  302
GET  connection:variations_file   200  403  403  403  403  403  403  403  404  302  302
POST connection:variations_file   302  403  403  403  403  403  403  403  404  302  302
GET  connection:variations_problems 200  403  403  403  403  403  403  403  404  302  302
POST connection:variations_problems 405  405  405  405  405  405  405  405  405  302  302
GET  connection:variations_found  200  403  403  403  403  403  403  403  200  302  302
POST connection:variations_found  302  403  403  403  403  403  403  403  302  302  302
GET  connection:attributes        200  403  403  403  403  403  403  403  200  302  302
POST connection:attributes        405  405  405  405  405  405  405  405  405  302  302
GET  connection:attribute_new     200  403  403  403  403  403  403  403  200  302  302
POST connection:attribute_new     422  403  403  403  403  403  403  403  422  302  302
GET  connection:attributes_standard 405  405  405  405  405  405  405  405  405  302  302
POST connection:attributes_standard 302  403  403  403  403  403  403  403  302  302  302
GET  connection:attributes_found  200  403  403  403  403  403  403  403  200  302  302
POST connection:attributes_found  302  403  403  403  403  403  403  403  302  302  302
GET  connection:attribute         200  403  403  403  403  403  403  403  404  302  302
POST connection:attribute         422  403  403  403  403  403  403  403  404  302  302
GET  connection:attribute_remove  405  405  405  405  405  405  405  405  405  302  302
POST connection:attribute_remove  302  403  403  403  403  403  403  403  404  302  302
GET  connection:segments          200  200  403  403  403  403  403  403  200  302  302
POST connection:segments          405  405  405  405  405  405  405  405  405  302  302
GET  connection:segment           200  200  403  403  403  403  403  403  404  302  302
POST connection:segment           405  405  405  405  405  405  405  405  405  302  302
GET  connection:segment_choices   200  200  403  403  403  403  403  403  404  302  302
POST connection:segment_choices   405  405  405  405  405  405  405  405  405  302  302
GET  connection:segment_attach    405  405  405  405  405  405  405  405  405  302  302
POST connection:segment_attach    404  404  403  403  403  403  403  403  404  302  302
GET  connection:segment_detach    405  405  405  405  405  405  405  405  405  302  302
POST connection:segment_detach    404  404  403  403  403  403  403  403  404  302  302
GET  connection:sending           200  200  403  403  403  403  403  403  200  302  302
POST connection:sending           405  405  405  405  405  405  405  405  405  302  302
GET  connection:sending_now       200  403  403  403  403  403  403  403  200  302  302
POST connection:sending_now       405  405  405  405  405  405  405  405  405  302  302
GET  connection:sending_groups    200  200  403  403  403  403  403  403  200  302  302
POST connection:sending_groups    405  405  405  405  405  405  405  405  405  302  302
GET  connection:sending_templates 200  200  403  403  403  403  403  403  200  302  302
POST connection:sending_templates 405  405  405  405  405  405  405  405  405  302  302
GET  connection:stop_brand        200  403  403  403  403  403  403  403  200  302  302
POST connection:stop_brand        422  403  403  403  403  403  403  403  422  302  302
GET  connection:stop_template     200  403  403  403  403  403  403  403  404  302  302
POST connection:stop_template     422  403  403  403  403  403  403  403  404  302  302
GET  connection:stop_group        200  200  403  403  403  403  403  403  404  302  302
POST connection:stop_group        422  422  403  403  403  403  403  403  404  302  302
GET  connection:lift              405  405  405  405  405  405  405  405  405  302  302
POST connection:lift              302  302  403  403  403  403  403  403  404  302  302
GET  connection:audit             200  403  403  403  403  403  403  403  200  302  302
POST connection:audit             405  405  405  405  405  405  405  405  405  302  302
GET  connection:audit_download    200  403  403  403  403  403  403  403  200  302  302
POST connection:audit_download    405  405  405  405  405  405  405  405  405  302  302
GET  connection:connection        200  403  403  403  403  403  403  403  200  302  302
POST connection:connection        422  403  403  403  403  403  403  403  422  302  302
GET  connection:check             405  405  405  405  405  405  405  405  405  302  302
POST connection:check             302  403  403  403  403  403  403  403  302  302  302
GET  connection:check_status      302  403  403  403  403  403  403  403  302  302  302
POST connection:check_status      405  405  405  405  405  405  405  405  405  302  302
GET  connection:next_key          405  405  405  405  405  405  405  405  405  302  302
POST connection:next_key          422  403  403  403  403  403  403  403  422  302  302
GET  connection:next_key_use      405  405  405  405  405  405  405  405  405  302  302
POST connection:next_key_use      302  403  403  403  403  403  403  403  302  302  302
GET  connection:next_key_remove   405  405  405  405  405  405  405  405  405  302  302
POST connection:next_key_remove   302  403  403  403  403  403  403  403  302  302  302
GET  connection:confirm           405  405  405  405  405  405  405  405  405  302  302
POST connection:confirm           302  403  403  403  403  403  403  403  302  302  302
GET  studio:templates             200  200  403  403  403  403  403  403  200  302  302
POST studio:templates             405  405  405  405  405  405  405  405  405  302  302
GET  studio:template_new          200  200  403  403  403  403  403  403  200  302  302
POST studio:template_new          422  422  403  403  403  403  403  403  422  302  302
GET  studio:tags                  200  200  403  403  403  403  403  403  200  302  302
POST studio:tags                  422  422  403  403  403  403  403  403  422  302  302
GET  studio:tag                   200  200  403  403  403  403  403  403  404  302  302
POST studio:tag                   404  404  403  403  403  403  403  403  404  302  302
GET  studio:palette_preview       200  200  403  403  403  403  403  403  404  302  302
POST studio:palette_preview       405  405  405  405  405  405  405  405  405  302  302
GET  studio:template              200  200  403  403  403  403  403  403  404  302  302
POST studio:template              405  405  405  405  405  405  405  405  405  302  302
GET  studio:template_season       405  405  405  405  405  405  405  405  405  302  302
POST studio:template_season       302  302  403  403  403  403  403  403  404  302  302
GET  studio:template_archive      405  405  405  405  405  405  405  405  405  302  302
POST studio:template_archive      302  302  403  403  403  403  403  403  404  302  302
GET  studio:template_shares       200  200  403  403  403  403  403  403  404  302  302
POST studio:template_shares       302  302  403  403  403  403  403  403  404  302  302
GET  studio:template_share_nodes  200  200  403  403  403  403  403  403  404  302  302
POST studio:template_share_nodes  405  405  405  405  405  405  405  405  405  302  302
GET  studio:template_edit         200  200  403  403  403  403  403  403  404  302  302
POST studio:template_edit         405  405  405  405  405  405  405  405  405  302  302
GET  studio:draft_change          405  405  405  405  405  405  405  405  405  302  302
POST studio:draft_change          404  404  403  403  403  403  403  403  404  302  302
GET  studio:draft_discard         405  405  405  405  405  405  405  405  405  302  302
POST studio:draft_discard         302  302  403  403  403  403  403  403  404  302  302
GET  studio:draft_groups          200  200  403  403  403  403  403  403  404  302  302
POST studio:draft_groups          405  405  405  405  405  405  405  405  405  302  302
GET  studio:draft_preview         200  200  403  403  403  403  403  403  404  302  302
POST studio:draft_preview         405  405  405  405  405  405  405  405  405  302  302
GET  studio:modules               200  200  403  403  403  403  403  403  200  302  302
POST studio:modules               405  405  405  405  405  405  405  405  405  302  302
GET  studio:module_new            200  200  403  403  403  403  403  403  200  302  302
POST studio:module_new            422  422  403  403  403  403  403  403  422  302  302
GET  studio:module_vocabulary     200  200  403  403  403  403  403  403  200  302  302
POST studio:module_vocabulary     405  405  405  405  405  405  405  405  405  302  302
GET  studio:module_groups         200  200  403  403  403  403  403  403  200  302  302
POST studio:module_groups         405  405  405  405  405  405  405  405  405  302  302
GET  studio:module                200  200  403  403  403  403  403  403  404  302  302
POST studio:module                405  405  405  405  405  405  405  405  405  302  302
GET  studio:module_edit           200  200  403  403  403  403  403  403  404  302  302
POST studio:module_edit           409  409  403  403  403  403  403  403  404  302  302
GET  studio:module_publish        405  405  405  405  405  405  405  405  405  302  302
POST studio:module_publish        409  409  403  403  403  403  403  403  404  302  302
GET  studio:module_discard        405  405  405  405  405  405  405  405  405  302  302
POST studio:module_discard        302  302  403  403  403  403  403  403  404  302  302
GET  studio:module_preview        200  200  403  403  403  403  403  403  404  302  302
POST studio:module_preview        405  405  405  405  405  405  405  405  405  302  302
GET  studio:module_changes        200  200  403  403  403  403  403  403  404  302  302
POST studio:module_changes        405  405  405  405  405  405  405  405  405  302  302
GET  studio:module_version        200  200  403  403  403  403  403  403  404  302  302
POST studio:module_version        405  405  405  405  405  405  405  405  405  302  302
GET  studio:module_restore        405  405  405  405  405  405  405  405  405  302  302
POST studio:module_restore        302  302  403  403  403  403  403  403  404  302  302
GET  studio:module_archive        405  405  405  405  405  405  405  405  405  302  302
POST studio:module_archive        302  302  403  403  403  403  403  403  404  302  302
GET  studio:module_bring_back     405  405  405  405  405  405  405  405  405  302  302
POST studio:module_bring_back     302  302  403  403  403  403  403  403  404  302  302
GET  studio:versions              200  200  403  403  403  403  403  403  404  302  302
POST studio:versions              405  405  405  405  405  405  405  405  405  302  302
GET  studio:version_compare       200  200  403  403  403  403  403  403  404  302  302
POST studio:version_compare       405  405  405  405  405  405  405  405  405  302  302
GET  studio:version_preview       200  200  403  403  403  403  403  403  404  302  302
POST studio:version_preview       405  405  405  405  405  405  405  405  405  302  302
GET  studio:version_publish       200  200  403  403  403  403  403  403  404  302  302
POST studio:version_publish       422  422  403  403  403  403  403  403  404  302  302
GET  studio:version_roll_back     200  200  403  403  403  403  403  403  404  302  302
POST studio:version_roll_back     422  422  403  403  403  403  403  403  404  302  302
GET  studio:version_retire        200  200  403  403  403  403  403  403  404  302  302
POST studio:version_retire        302  302  403  403  403  403  403  403  404  302  302
GET  studio:impact                200  200  403  403  403  403  403  403  404  302  302
POST studio:impact                405  405  405  405  405  405  405  405  405  302  302
GET  studio:merge                 405  405  405  405  405  405  405  405  405  302  302
POST studio:merge                 422  422  403  403  403  403  403  403  404  302  302
GET  studio:merge_run             200  200  403  403  403  403  403  403  404  302  302
POST studio:merge_run             405  405  405  405  405  405  405  405  405  302  302
GET  studio:import_newsletter     200  200  403  403  403  403  403  403  200  302  302
POST studio:import_newsletter     422  422  403  403  403  403  403  403  422  302  302
GET  studio:import_found          200  200  403  403  403  403  403  403  404  302  302
POST studio:import_found          422  422  403  403  403  403  403  403  404  302  302
GET  studio:import_part           200  200  403  403  403  403  403  403  404  302  302
POST studio:import_part           405  405  405  405  405  405  405  405  405  302  302
GET  studio:images                200  200  200  200  200  403  403  200  200  302  302
POST studio:images                405  405  405  405  405  405  405  405  405  302  302
GET  studio:image_upload          200  200  403  403  403  403  403  403  200  302  302
POST studio:image_upload          422  422  403  403  403  403  403  403  422  302  302
GET  studio:image_folder_make     405  405  405  405  405  405  405  405  405  302  302
POST studio:image_folder_make     302  302  403  403  403  403  403  403  302  302  302
GET  studio:image_folder_rename   405  405  405  405  405  405  405  405  405  302  302
POST studio:image_folder_rename   302  302  403  302  403  403  403  404  404  302  302
GET  studio:image_folder_remove   405  405  405  405  405  405  405  405  405  302  302
POST studio:image_folder_remove   302  302  403  302  403  403  403  404  404  302  302
GET  studio:image                 200  200  200  200  200  403  403  404  404  302  302
POST studio:image                 422  422  403  422  403  403  403  404  404  302  302
GET  studio:image_cut             200  200  403  200  403  403  403  404  404  302  302
POST studio:image_cut             422  422  403  422  403  403  403  404  404  302  302
GET  studio:image_uses            200  200  200  200  200  403  403  404  404  302  302
POST studio:image_uses            405  405  405  405  405  405  405  405  405  302  302
GET  studio:image_recall          405  405  405  405  405  405  405  405  405  302  302
POST studio:image_recall          302  302  403  302  403  403  403  404  404  302  302
GET  studio:image_put_back        405  405  405  405  405  405  405  405  405  302  302
POST studio:image_put_back        302  302  403  302  403  403  403  404  404  302  302
GET  studio:image_remove          405  405  405  405  405  405  405  405  405  302  302
POST studio:image_remove          302  302  403  302  403  403  403  404  404  302  302
GET  studio:image_choose          200  200  200  200  200  403  403  200  200  302  302
POST studio:image_choose          405  405  405  405  405  405  405  405  405  302  302
GET  studio:image_pick            200  200  200  200  200  403  403  200  404  302  302
POST studio:image_pick            422  422  403  403  403  403  403  403  404  302  302
GET  studio:image_fit             405  405  405  405  405  405  405  405  405  302  302
POST studio:image_fit             200  200  200  200  200  403  403  200  404  302  302
GET  studio:image_cut_here        405  405  405  405  405  405  405  405  405  302  302
POST studio:image_cut_here        422  422  403  403  403  403  403  403  404  302  302
GET  studio:rules                 200  403  403  403  403  403  403  403  200  302  302
POST studio:rules                 302  403  403  403  403  403  403  403  302  302  302
GET  studio:rules_try             405  405  405  405  405  405  405  405  405  302  302
POST studio:rules_try             200  403  403  403  403  403  403  403  200  302  302
GET  studio:restriction_new       200  403  403  403  403  403  403  403  200  302  302
POST studio:restriction_new       422  403  403  403  403  403  403  403  422  302  302
GET  studio:restrictions_starter  405  405  405  405  405  405  405  405  405  302  302
POST studio:restrictions_starter  302  403  403  403  403  403  403  403  302  302  302
GET  studio:restriction           200  403  403  403  403  403  403  403  404  302  302
POST studio:restriction           422  403  403  403  403  403  403  403  404  302  302
GET  studio:restriction_remove    405  405  405  405  405  405  405  405  405  302  302
POST studio:restriction_remove    302  403  403  403  403  403  403  403  404  302  302
GET  studio:kit                   200  403  403  403  403  403  403  403  200  302  302
POST studio:kit                   422  403  403  403  403  403  403  403  422  302  302
GET  studio:kit_check             405  405  405  405  405  405  405  405  405  302  302
POST studio:kit_check             200  403  403  403  403  403  403  403  200  302  302
GET  studio:kit_trying            302  403  403  403  403  403  403  403  302  302  302
POST studio:kit_trying            405  405  405  405  405  405  405  405  405  302  302
GET  studio:kit_use               405  405  405  405  405  405  405  405  405  302  302
POST studio:kit_use               302  403  403  403  403  403  403  403  302  302  302
GET  studio:kit_discard           405  405  405  405  405  405  405  405  405  302  302
POST studio:kit_discard           302  403  403  403  403  403  403  403  302  302  302
GET  studio:kit_template          200  403  403  403  403  403  403  403  404  302  302
POST studio:kit_template          405  405  405  405  405  405  405  405  405  302  302
GET  studio:kit_findings          200  403  403  403  403  403  403  403  404  302  302
POST studio:kit_findings          405  405  405  405  405  405  405  405  405  302  302
GET  studio:kit_identities        200  403  403  403  403  403  403  403  200  302  302
POST studio:kit_identities        405  405  405  405  405  405  405  405  405  302  302
GET  studio:kit_identity_new      200  403  403  403  403  403  403  403  200  302  302
POST studio:kit_identity_new      422  403  403  403  403  403  403  403  422  302  302
GET  studio:kit_identity          200  403  403  403  403  403  403  403  404  302  302
POST studio:kit_identity          422  403  403  403  403  403  403  403  404  302  302
GET  studio:kit_identity_remove   405  405  405  405  405  405  405  405  405  302  302
POST studio:kit_identity_remove   302  403  403  403  403  403  403  403  404  302  302
GET  studio:kit_footer            200  403  403  403  403  403  403  403  404  302  302
POST studio:kit_footer            405  405  405  405  405  405  405  405  405  302  302
GET  theme_css                    200  200  200  200  200  200  200  200  200  200  200
POST theme_css                    405  405  405  405  405  405  405  405  405  405  405
GET  media                        200  200  200  200  200  200  200  200  404  200  200
POST media                        405  405  405  405  405  405  405  405  405  405  405
GET  healthz                      200  200  200  200  200  200  200  200  200  200  200
POST healthz                      405  405  405  405  405  405  405  405  405  405  405
GET  domain_known                 404  404  404  404  404  404  404  404  404  404  404
POST domain_known                 405  405  405  405  405  405  405  405  405  405  405
GET  account_login                302  302  302  302  302  302  302  302  302  200  200
POST account_login                302  302  302  302  302  302  302  302  302  200  200
GET  account_logout               200  200  200  200  200  200  200  200  200  302  302
POST account_logout               302  302  302  302  302  302  302  302  302  302  302
GET  account_inactive             200  200  200  200  200  200  200  200  200  200  200
POST account_inactive             405  405  405  405  405  405  405  405  405  405  405
GET  account_signup               302  302  302  302  302  302  302  302  302  200  200
POST account_signup               302  302  302  302  302  302  302  302  302  200  200
GET  account_reauthenticate       200  200  200  200  200  200  200  200  200  302  302
POST account_reauthenticate       200  200  200  200  200  200  200  200  200  302  302
GET  account_change_password      200  200  200  200  200  200  200  200  200  302  302
POST account_change_password      200  200  200  200  200  200  200  200  200  302  302
GET  account_set_password         302  302  302  302  302  302  302  302  302  302  302
POST account_set_password         302  302  302  302  302  302  302  302  302  302  302
GET  account_reset_password       200  200  200  200  200  200  200  200  200  200  200
POST account_reset_password       200  200  200  200  200  200  200  200  200  200  200
GET  account_reset_password_done  200  200  200  200  200  200  200  200  200  200  200
POST account_reset_password_done  405  405  405  405  405  405  405  405  405  405  405
GET  account_reset_password_from_key      200 200 200 200 200 200 200 200 200 200 200
POST account_reset_password_from_key      200 200 200 200 200 200 200 200 200 200 200
GET  account_reset_password_from_key_done 200 200 200 200 200 200 200 200 200 200 200
POST account_reset_password_from_key_done 405 405 405 405 405 405 405 405 405 405 405
"""

ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]
DOORS = {(method, name): dict(zip(PEOPLE, map(int, cells), strict=True)) for method, name, *cells in ROWS}

#: Of one module.
TEMPLATE_DOORS = ("", "_season", "_archive", "_shares", "_share_nodes", "_edit")
IMAGE_DOORS = ("", "_cut", "_uses", "_recall", "_put_back", "_remove")
MODULE_DOORS = ("", "_edit", "_publish", "_discard", "_preview", "_changes", "_archive", "_bring_back")


def names(patterns: list[Any], prefix: str = "") -> list[str]:
    """Every named address, Django admin's aside: that has its own tests."""
    found: list[str] = []
    for each in patterns:
        if isinstance(each, URLResolver):
            inside = f"{prefix}{each.namespace}:" if each.namespace else prefix
            found += [] if each.namespace == "admin" else names(each.url_patterns, inside)
        elif isinstance(each, URLPattern):
            assert each.name, f"{each.pattern} has no name, so nobody can say who may open it"
            found.append(f"{prefix}{each.name}")
    return found


def test_every_address_is_in_the_table():
    every = set(names(get_resolver().url_patterns))

    assert {(method, name) for method in ("GET", "POST") for name in every} == set(DOORS)


@pytest.fixture
def addresses(draft, leith, house, erin, settings, tmp_path) -> dict[str, str]:
    """Of Alice's draft for Leith, and of what belongs to Bluebird."""
    settings.MEDIA_ROOT = tmp_path
    stored = default_storage.save("bluebird/images/cup.png", ContentFile(b"\x89PNG"))
    with brand_scope(house.brand.pk):
        segment = Segment.objects.create(segment_id="segment-loyal", name="Loyal")
        attribute = Attribute.objects.create(name="visits", label="Visits")
        identity = LegalIdentity.objects.get()
        brought = NewsletterImport.objects.create(name="News", source="<p>News</p>", added_by=erin)
        stop = stops.stop_group(leith, because="Flooded", by=erin)
        module = Module.objects.create(slug="banner", name="Banner")
        ModuleVersion.objects.create(module=module, number=1, spec=factories.NOTE.model_dump(mode="json"))
        published = house.version
        tag = Tag.objects.create(slug="pilot", name="Pilot")
        run = merging.start(house.template, scheduled="leave", because="", by=erin)
        file = VariationFile.objects.create(person=erin, name="ids.csv", rows=[[2, "leith", "v-1", ""]])
    with brand_scope(house.brand.pk):
        restricted = Restriction.objects.create(pattern="cheap")
        shared = factories.image("counter", house.brand)
        own = factories.image("window", house.brand)
        Image.objects.filter(pk=own.pk).update(group=leith)
        folder = Folder.objects.create(name="Summer", group=leith)
    arguments: dict[str, list[Any]] = {
        "connection:read": ["segments"],
        "connection:stop_template": [house.template.pk],
        "connection:stop_group": [leith.pk],
        "connection:lift": [stop.pk],
        "connection:variation": [leith.pk],
        "connection:variations_file": [file.pk],
        "connection:variations_problems": [file.pk],
        **{f"studio:kit_{door}": [house.template.pk] for door in ("template", "findings")},
        **{f"studio:kit_{door}": [identity.pk] for door in ("identity", "identity_remove", "footer")},
        "studio:import_found": [brought.pk],
        "studio:import_part": [brought.pk, 1],
        "connection:attribute": [attribute.pk],
        "connection:attribute_remove": [attribute.pk],
        **{f"connection:segment{door}": [segment.pk] for door in ("", "_choices", "_attach", "_detach")},
        **{
            f"studio:{door}": [house.template.pk]
            for door in ("versions", "version_compare", "impact", "merge")
        },
        **{
            f"studio:version_{door}": [published.pk] for door in ("preview", "publish", "roll_back", "retire")
        },
        "studio:merge_run": [run.pk],
        "studio:tag": [tag.pk],
        "studio:palette_preview": [module.pk],
        **{f"studio:template{door}": [house.template.pk] for door in TEMPLATE_DOORS},
        **{
            f"studio:draft_{door}": [house.template.pk] for door in ("change", "discard", "groups", "preview")
        },
        **{f"studio:module{door}": [module.pk] for door in MODULE_DOORS},
        **{f"studio:module_{door}": [module.pk, 1] for door in ("version", "restore")},
        "campaigns:compose": [draft.pk, "hero"],
        "campaigns:items": [draft.pk, "notes"],
        "campaigns:template_preview": [house.template.pk],
        "groups:profile": [leith.pk],
        "connection:confirm": ["re_eligibility"],
        **{f"studio:restriction{door}": [restricted.pk] for door in ("", "_remove")},
        **{f"studio:image{door}": [own.pk] for door in IMAGE_DOORS},
        **{f"studio:image_folder_{door}": [folder.pk] for door in ("rename", "remove")},
        **{f"studio:image_{door}": [shared.pk] for door in ("pick", "fit", "cut_here")},
        "media": [stored],
        "account_reset_password_from_key": ["1", "worn-out"],
    }
    bare = ("campaigns:list", "campaigns:templates", "campaigns:start")
    return {
        name: reverse(
            name,
            args=arguments.get(name)
            or ([draft.pk] if name.startswith("campaigns:") and name not in bare else []),
        )
        for _method, name in DOORS
    }


def ask(client: Client, method: str, address: str) -> Any:
    """As if it were the first: what it changes is taken back, here and in the browser."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        answer = client.get(address) if method == "GET" else client.post(address, {"do": "add"})
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


@pytest.fixture
def browser_of(request, client_of) -> Callable[[str], Client]:
    def browser_of(who: str) -> Client:
        if who == "nobody":
            return Client(headers={"host": "bluebird.localhost"})
        client: Client = client_of(request.getfixturevalue(who))
        return client

    return browser_of


@pytest.mark.parametrize("who", PEOPLE)
def test_what_each_address_answers(who, browser_of, addresses):
    browser = browser_of(who)
    answers = {(method, name): ask(browser, method, addresses[name]).status_code for method, name in DOORS}

    assert {door: got for door, got in answers.items() if got != DOORS[door][who]} == {}


@pytest.mark.parametrize("who", ["olga", "nobody"])
def test_whoever_is_not_of_the_brand_is_led_to_sign_in(who, browser_of, addresses):
    browser = browser_of(who)

    for method, name in DOORS:
        if name.startswith(("campaigns:", "groups:", "connection:")):
            assert ask(browser, method, addresses[name])["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("who", ["carol", "dave"])
def test_a_stranger_does_not_learn_that_it_exists(who, browser_of, addresses, draft, leith):
    """What is not theirs answers as what is not there, to the letter."""
    browser = browser_of(who)
    hidden = [
        (method, name)
        for (method, name), cells in DOORS.items()
        if cells[who] == 404 and name != "domain_known"
    ]
    assert len(hidden) > 20

    for method, name in hidden:
        missing = re.sub(r"/\d+/", "/999999999/", addresses[name])
        assert shown(ask(browser, method, addresses[name])) == shown(ask(browser, method, missing))


def shown(answer: Any) -> tuple[int, str]:
    """Status and page, less the token that differs between any two pages."""
    token = r'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": )"[^"]*"'
    return answer.status_code, re.sub(token, "", answer.content.decode())
