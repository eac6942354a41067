from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from zerver.decorator import webhook_view
from zerver.lib.exceptions import UnsupportedWebhookEventTypeError
from zerver.lib.response import json_success
from zerver.lib.typed_endpoint import JsonBodyPayload, typed_endpoint
from zerver.lib.validator import WildValue, check_string
from zerver.lib.webhooks.common import check_send_webhook_message, get_setup_webhook_message
from zerver.models import UserProfile


def get_link(text: str, url: str) -> str:
    # Square brackets in the text could end the link early.
    text = text.replace("[", "(").replace("]", ")")
    return f"[{text}]({url})"


def get_topic(payload: WildValue, event: str) -> str:
    if event == "ping":
        return "Helpharbor"
    return payload["data"]["item"]["subject"].tame(check_string)


def get_conversation_user_replied_body(payload: WildValue) -> str:
    first_name = payload["data"]["item"]["user"]["first_name"].tame(check_string)
    last_name = payload["data"]["item"]["user"]["last_name"].tame(check_string)
    title = payload["data"]["item"]["subject"].tame(check_string)
    url = payload["data"]["item"]["web_url"].tame(check_string)
    link = get_link(title, url)
    return f"**{first_name} {last_name}** replied to conversation {link}."


def get_conversation_admin_assigned_body(payload: WildValue) -> str:
    title = payload["data"]["item"]["subject"].tame(check_string)
    url = payload["data"]["item"]["web_url"].tame(check_string)
    link = get_link(title, url)
    first_name = payload["data"]["item"]["user"]["first_name"].tame(check_string)
    last_name = payload["data"]["item"]["user"]["last_name"].tame(check_string)
    body = f"Conversation {link} by **{first_name} {last_name}** was assigned"
    if payload["data"]["item"].get("assignee"):
        assignee = payload["data"]["item"]["assignee"]["name"].tame(check_string)
        body += f" to **{assignee}**"
    body += "."
    return body


def get_ping_body(payload: WildValue) -> str:
    return get_setup_webhook_message("Helpharbor")


EVENT_FUNCTION_MAPPER: dict[str, Callable[[WildValue], str]] = {
    "conversation.user.replied": get_conversation_user_replied_body,
    "conversation.admin.assigned": get_conversation_admin_assigned_body,
    "ping": get_ping_body,
}

ALL_EVENT_TYPES = list(EVENT_FUNCTION_MAPPER)


@webhook_view("Helpharbor", all_event_types=ALL_EVENT_TYPES)
@typed_endpoint
def api_helpharbor_webhook(
    request: HttpRequest,
    user_profile: UserProfile,
    *,
    payload: JsonBodyPayload[WildValue],
) -> HttpResponse:
    event = payload["topic"].tame(check_string)
    body_function = EVENT_FUNCTION_MAPPER.get(event)
    if body_function is None:
        raise UnsupportedWebhookEventTypeError(event)

    topic_name = get_topic(payload, event)
    body = body_function(payload)
    check_send_webhook_message(request, user_profile, topic_name, body, event)
    return json_success(request)
