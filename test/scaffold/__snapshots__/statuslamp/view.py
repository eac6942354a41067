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


def get_link(text: str, url: str) -> str:
    # Square brackets in the text could end the link early.
    text = text.replace("[", "(").replace("]", ")")
    return f"[{text}]({url})"


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


def get_topic(payload: WildValue, event: str) -> str:
    if event == "incident":
        return payload["incident"]["name"].tame(check_string)
    return payload["component"]["name"].tame(check_string)


def get_incident_incident_update_line(incident_update: WildValue) -> str:
    state = incident_update["status"].tame(check_string)
    title = incident_update["body"].tame(check_string)
    return f"**{state}**: {title}"


def get_incident_body(payload: WildValue) -> str:
    incident = payload["incident"]
    title = incident["name"].tame(check_string)
    url = incident["shortlink"].tame(check_string)
    link = get_link(title, url)
    state = incident["status"].tame(check_string)
    impact = incident["impact"].tame(check_string)
    body = f"Incident {link}: **{state}**.\n* **Impact:** {impact}\n\n**Incident updates:**"
    body += get_list(
        [
            get_incident_incident_update_line(incident_update)
            for incident_update in incident["incident_updates"]
        ]
    )
    if incident["incident_updates"][0].get("body"):
        quote = get_quote(incident["incident_updates"][0]["body"].tame(check_string))
        body += quote
    return body


def get_component_body(payload: WildValue) -> str:
    title = payload["component"]["name"].tame(check_string)
    state = payload["component"]["status"].tame(check_string).replace("_", " ")
    return f"Component **{title}**: **{state}**."


EVENT_FUNCTION_MAPPER: dict[str, Callable[[WildValue], str]] = {
    "incident": get_incident_body,
    "component": get_component_body,
}

ALL_EVENT_TYPES = list(EVENT_FUNCTION_MAPPER)


@webhook_view("Statuslamp", all_event_types=ALL_EVENT_TYPES)
@typed_endpoint
def api_statuslamp_webhook(
    request: HttpRequest,
    user_profile: UserProfile,
    *,
    payload: JsonBodyPayload[WildValue],
) -> HttpResponse:
    event = next((key for key in EVENT_FUNCTION_MAPPER if key in payload), "unknown")
    body_function = EVENT_FUNCTION_MAPPER.get(event)
    if body_function is None:
        raise UnsupportedWebhookEventTypeError(event)

    topic_name = get_topic(payload, event)
    body = body_function(payload)
    check_send_webhook_message(request, user_profile, topic_name, body, event)
    return json_success(request)
