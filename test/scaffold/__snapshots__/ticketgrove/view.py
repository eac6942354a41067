from collections.abc import Callable
from re import findall

from django.http import HttpRequest, HttpResponse

from zerver.decorator import webhook_view
from zerver.lib.exceptions import UnsupportedWebhookEventTypeError
from zerver.lib.response import json_success
from zerver.lib.typed_endpoint import JsonBodyPayload, typed_endpoint
from zerver.lib.validator import WildValue, check_string
from zerver.lib.webhooks.common import check_send_webhook_message
from zerver.models import UserProfile

MAX_LIST_LENGTH = 10
MAX_QUOTE_LENGTH = 1000


def get_list(lines: list[str]) -> str:
    hidden = len(lines) - MAX_LIST_LENGTH
    more = [f"and {hidden} more"] if hidden > 0 else []
    return "".join(f"\n* {line}" for line in [*lines[:MAX_LIST_LENGTH], *more])


def get_quote(text: str) -> str:
    text = text.strip()
    text = text if len(text) <= MAX_QUOTE_LENGTH else text[:MAX_QUOTE_LENGTH] + "..."
    # A text with a fence of its own needs a longer one around it.
    fence = max(findall("~~~+", text), default="~~") + "~"
    return f"\n\n{fence} quote\n{text}\n{fence}"


def get_topic(payload: WildValue) -> str:
    number = payload["ticket"]["key"].tame(check_string)
    title = payload["ticket"]["fields"]["summary"].tame(check_string)
    return f"{number}: {title}"


def get_ticketgrove_ticket_created_body(payload: WildValue) -> str:
    actor = payload["user"]["displayName"].tame(check_string)
    number = payload["ticket"]["key"].tame(check_string)
    title = payload["ticket"]["fields"]["summary"].tame(check_string)
    priority = payload["ticket"]["fields"]["priority"]["name"].tame(check_string)
    body = f"**{actor}** created ticket **{number} {title}**.\n* **Priority:** {priority}"
    if payload["ticket"]["fields"].get("description"):
        quote = get_quote(payload["ticket"]["fields"]["description"].tame(check_string))
        body += quote
    return body


def get_ticketgrove_ticket_updated_item_line(item: WildValue) -> str:
    field = item["field"].tame(check_string)
    body = f"Changed {field}"
    if item.get("fromString"):
        before = item["fromString"].tame(check_string)
        body += f" from **{before}**"
    if item.get("toString"):
        after = item["toString"].tame(check_string)
        body += f" to **{after}**"
    return body


def get_ticketgrove_ticket_updated_body(payload: WildValue) -> str:
    actor = payload["user"]["displayName"].tame(check_string)
    number = payload["ticket"]["key"].tame(check_string)
    title = payload["ticket"]["fields"]["summary"].tame(check_string)
    priority = payload["ticket"]["fields"]["priority"]["name"].tame(check_string)
    body = (
        f"**{actor}** updated ticket **{number} {title}**.\n"
        f"* **Priority:** {priority}\n\n"
        "**Changes:**"
    )
    body += get_list(
        [get_ticketgrove_ticket_updated_item_line(item) for item in payload["changelog"]["items"]]
    )
    return body


def get_ticketgrove_comment_created_body(payload: WildValue) -> str:
    actor = payload["comment"]["author"]["displayName"].tame(check_string)
    number = payload["ticket"]["key"].tame(check_string)
    title = payload["ticket"]["fields"]["summary"].tame(check_string)
    quote = get_quote(payload["comment"]["body"].tame(check_string))
    return f"**{actor}** commented on ticket **{number} {title}**:{quote}"


EVENT_FUNCTION_MAPPER: dict[str, Callable[[WildValue], str]] = {
    "ticketgrove:ticket_created": get_ticketgrove_ticket_created_body,
    "ticketgrove:ticket_updated": get_ticketgrove_ticket_updated_body,
    "ticketgrove:comment_created": get_ticketgrove_comment_created_body,
}

ALL_EVENT_TYPES = list(EVENT_FUNCTION_MAPPER)


@webhook_view("Ticketgrove", all_event_types=ALL_EVENT_TYPES)
@typed_endpoint
def api_ticketgrove_webhook(
    request: HttpRequest,
    user_profile: UserProfile,
    *,
    payload: JsonBodyPayload[WildValue],
) -> HttpResponse:
    event = payload["hook_event"].tame(check_string)
    body_function = EVENT_FUNCTION_MAPPER.get(event)
    if body_function is None:
        raise UnsupportedWebhookEventTypeError(event)

    topic_name = get_topic(payload)
    body = body_function(payload)
    check_send_webhook_message(request, user_profile, topic_name, body, event)
    return json_success(request)
