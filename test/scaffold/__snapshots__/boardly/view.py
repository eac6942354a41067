from collections.abc import Callable
from re import findall

from django.http import HttpRequest, HttpResponse

from zerver.decorator import webhook_view
from zerver.lib.exceptions import UnsupportedWebhookEventTypeError
from zerver.lib.response import json_success
from zerver.lib.typed_endpoint import JsonBodyPayload, typed_endpoint
from zerver.lib.validator import WildValue, check_int, check_string
from zerver.lib.webhooks.common import check_send_webhook_message
from zerver.models import UserProfile

MAX_QUOTE_LENGTH = 1000

PAST_TENSES: dict[str, str] = {
    "create": "created",
    "delete": "deleted",
    "remove": "removed",
    "update": "updated",
}

COMMENT_ACTIONS: dict[str, str] = {
    "create": "commented",
    "edit": "edited a comment",
    "update": "edited a comment",
    "delete": "deleted a comment",
    "remove": "deleted a comment",
}


def get_link(text: str, url: str) -> str:
    # Square brackets in the text could end the link early.
    text = text.replace("[", "(").replace("]", ")")
    return f"[{text}]({url})"


def get_quote(text: str) -> str:
    text = text.strip()
    text = text if len(text) <= MAX_QUOTE_LENGTH else text[:MAX_QUOTE_LENGTH] + "..."
    # A text with a fence of its own needs a longer one around it.
    fence = max(findall("~~~+", text), default="~~") + "~"
    return f"\n\n{fence} quote\n{text}\n{fence}"


def get_topic(payload: WildValue, event: str) -> str:
    if event == "Card":
        return payload["data"]["title"].tame(check_string)
    return payload["data"]["card"]["title"].tame(check_string)


def get_card_body(payload: WildValue) -> str:
    actor = payload["actor"]["name"].tame(check_string)
    action = payload["action"].tame(check_string)
    action = PAST_TENSES.get(action, action)
    number = payload["data"]["number"].tame(check_int)
    title = payload["data"]["title"].tame(check_string)
    url = payload["url"].tame(check_string)
    link = get_link(f"#{number} {title}", url)
    body = f"**{actor}** {action} card {link}."
    if action == "created":
        team = payload["data"]["team"]["name"].tame(check_string)
        priority = payload["data"]["priorityLabel"].tame(check_string)
        body += f"\n* **Team:** {team}\n* **Priority:** {priority}"
        if payload["data"].get("assignee"):
            assignee = payload["data"]["assignee"]["name"].tame(check_string)
            body += f"\n* **Assignee:** {assignee}"
        if payload["data"].get("dueDate"):
            due_date = payload["data"]["dueDate"].tame(check_string)
            body += f"\n* **Due date:** <time:{due_date}>"
    if payload.get("updatedFrom") and payload["updatedFrom"].get("title"):
        old_title = payload["updatedFrom"]["title"].tame(check_string)
        if old_title != title:
            body += f"\n* Changed title from **{old_title}** to **{title}**"
    if (
        payload.get("updatedFrom")
        and payload["updatedFrom"].get("state")
        and payload["updatedFrom"]["state"].get("name")
    ):
        old_state = payload["updatedFrom"]["state"]["name"].tame(check_string)
        new_state = payload["data"]["state"]["name"].tame(check_string)
        if old_state != new_state:
            body += f"\n* Changed state from **{old_state}** to **{new_state}**"
    if action == "created" and payload["data"].get("description"):
        quote = get_quote(payload["data"]["description"].tame(check_string))
        body += quote
    return body


def get_comment_body(payload: WildValue) -> str:
    actor = payload["actor"]["name"].tame(check_string)
    action = COMMENT_ACTIONS.get(payload["action"].tame(check_string), "commented")
    comment_url = payload["url"].tame(check_string)
    title = payload["data"]["card"]["title"].tame(check_string)
    quote = get_quote(payload["data"]["body"].tame(check_string))
    return f"**{actor}** [{action}]({comment_url}) on card **{title}**:{quote}"


EVENT_FUNCTION_MAPPER: dict[str, Callable[[WildValue], str]] = {
    "Card": get_card_body,
    "Comment": get_comment_body,
}

ALL_EVENT_TYPES = list(EVENT_FUNCTION_MAPPER)


@webhook_view("Boardly", all_event_types=ALL_EVENT_TYPES)
@typed_endpoint
def api_boardly_webhook(
    request: HttpRequest,
    user_profile: UserProfile,
    *,
    payload: JsonBodyPayload[WildValue],
) -> HttpResponse:
    event = payload["type"].tame(check_string)
    body_function = EVENT_FUNCTION_MAPPER.get(event)
    if body_function is None:
        raise UnsupportedWebhookEventTypeError(event)

    topic_name = get_topic(payload, event)
    body = body_function(payload)
    check_send_webhook_message(request, user_profile, topic_name, body, event)
    return json_success(request)
