from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from zerver.decorator import webhook_view
from zerver.lib.exceptions import UnsupportedWebhookEventTypeError
from zerver.lib.response import json_success
from zerver.lib.typed_endpoint import JsonBodyPayload, typed_endpoint
from zerver.lib.validator import WildValue, check_string
from zerver.lib.webhooks.common import (
    check_send_webhook_message,
    validate_extract_webhook_http_header,
)
from zerver.models import UserProfile

# The event header's value, by the first part of the fixture's name.
FIXTURE_EVENTS: dict[str, str] = {
    "members_create": "members-create",
    "members_delete": "members-delete",
}


def fixture_to_headers(fixture_name: str) -> dict[str, str]:
    event = FIXTURE_EVENTS.get(fixture_name.split("__")[0])
    return {} if event is None else {"HTTP_X_GARDEN_EVENT": event}


def get_topic(payload: WildValue) -> str:
    return payload["data"]["attributes"]["full_name"].tame(check_string)


def get_members_create_body(payload: WildValue) -> str:
    title = payload["data"]["attributes"]["full_name"].tame(check_string)
    state = payload["data"]["attributes"]["patron_status"].tame(check_string).replace("_", " ")
    return f"Member **{title}** was created (status: {state})."


def get_members_delete_body(payload: WildValue) -> str:
    title = payload["data"]["attributes"]["full_name"].tame(check_string)
    return f"Member **{title}** was deleted."


EVENT_FUNCTION_MAPPER: dict[str, Callable[[WildValue], str]] = {
    "members-create": get_members_create_body,
    "members-delete": get_members_delete_body,
}

ALL_EVENT_TYPES = list(EVENT_FUNCTION_MAPPER)


@webhook_view("Membergarden", all_event_types=ALL_EVENT_TYPES)
@typed_endpoint
def api_membergarden_webhook(
    request: HttpRequest,
    user_profile: UserProfile,
    *,
    payload: JsonBodyPayload[WildValue],
) -> HttpResponse:
    event = validate_extract_webhook_http_header(request, "X-Garden-Event", "Membergarden")
    body_function = EVENT_FUNCTION_MAPPER.get(event)
    if body_function is None:
        raise UnsupportedWebhookEventTypeError(event)

    topic_name = get_topic(payload)
    body = body_function(payload)
    check_send_webhook_message(request, user_profile, topic_name, body, event)
    return json_success(request)
