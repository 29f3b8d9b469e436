"""E-mail templates and content blocks, kept in Braze."""

from __future__ import annotations

from datetime import datetime

from ..answers.templates import (
    BlockDetails,
    BlockList,
    BlockSaved,
    TemplateDetails,
    TemplateList,
    TemplateSaved,
)
from ..limits import MAX_LISTED_TEMPLATES
from ..requests.templates import CreateBlock, CreateTemplate, UpdateBlock, UpdateTemplate
from ..retry import Repeat
from .base import Endpoints, known, moment, slice_of


class Templates(Endpoints):
    """https://www.braze.com/docs/api/endpoints/templates"""

    def create_email_template(self, request: CreateTemplate) -> TemplateSaved:
        """Make an e-mail template. Permission templates.email.create."""
        # https://www.braze.com/docs/api/endpoints/templates/email_templates/post_create_email_template
        return self._post("/templates/email/create", request, TemplateSaved, Repeat.HARMFUL)

    def update_email_template(self, request: UpdateTemplate) -> TemplateSaved:
        """Change the given fields of an e-mail template. Permission templates.email.update."""
        # https://www.braze.com/docs/api/endpoints/templates/email_templates/post_update_email_template
        return self._post("/templates/email/update", request, TemplateSaved, Repeat.HARMFUL)

    def list_email_templates(
        self,
        *,
        limit: int = 100,
        offset: int = 0,
        modified_after: datetime | None = None,
        modified_before: datetime | None = None,
    ) -> TemplateList:
        """E-mail templates, without those of the drag-and-drop editor. Permission templates.email.list."""
        # https://www.braze.com/docs/api/endpoints/templates/email_templates/get_list_email_templates
        params = slice_of(limit, offset, MAX_LISTED_TEMPLATES) | _modified(modified_after, modified_before)
        return self._get("/templates/email/list", TemplateList, params)

    def email_template(self, email_template_id: str) -> TemplateDetails:
        """An e-mail template with its content. Permission templates.email.info."""
        # https://www.braze.com/docs/api/endpoints/templates/email_templates/get_see_email_template_information
        params = {"email_template_id": known(email_template_id)}
        return self._get("/templates/email/info", TemplateDetails, params)

    def create_content_block(self, request: CreateBlock) -> BlockSaved:
        """Make a content block; its name is taken for ever. Permission content_blocks.create."""
        # https://www.braze.com/docs/api/endpoints/templates/content_blocks_templates/post_create_email_content_block
        return self._post("/content_blocks/create", request, BlockSaved, Repeat.HARMFUL)

    def update_content_block(self, request: UpdateBlock) -> BlockSaved:
        """Change a content block, and with it every message that uses it. Permission content_blocks.update."""
        # https://www.braze.com/docs/api/endpoints/templates/content_blocks_templates/post_update_content_block
        return self._post("/content_blocks/update", request, BlockSaved, Repeat.HARMFUL)

    def list_content_blocks(
        self,
        *,
        limit: int = 100,
        offset: int = 0,
        modified_after: datetime | None = None,
        modified_before: datetime | None = None,
    ) -> BlockList:
        """Content blocks, without their content. Permission content_blocks.list."""
        # https://www.braze.com/docs/api/endpoints/templates/content_blocks_templates/get_list_email_content_blocks
        params = slice_of(limit, offset, MAX_LISTED_TEMPLATES) | _modified(modified_after, modified_before)
        return self._get("/content_blocks/list", BlockList, params)

    def content_block(self, content_block_id: str, *, include_inclusion_data: bool = False) -> BlockDetails:
        """A content block with its content, and where it is used if asked. Permission content_blocks.info."""
        # https://www.braze.com/docs/api/endpoints/templates/content_blocks_templates/get_see_email_content_blocks_information
        params = {
            "content_block_id": known(content_block_id),
            "include_inclusion_data": str(include_inclusion_data).lower(),
        }
        return self._get("/content_blocks/info", BlockDetails, params)


def _modified(after: datetime | None, before: datetime | None) -> dict[str, str]:
    given = {"modified_after": after, "modified_before": before}
    return {name: moment(time) for name, time in given.items() if time is not None}
