"""What an administrator may do, as ChatMemberAdministrator tells it."""

from typing import Any

# https://core.telegram.org/bots/api#chatmemberadministrator: always there
_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
_GIVEN = {"can_manage_chat", "can_delete_messages", "can_change_info"}


def administrator_rights() -> dict[str, Any]:
    """The rights of an ordinary administrator, who shows their name."""
    return {right: right in _GIVEN for right in _RIGHTS}
