# insert imports
from typing import Callable, Dict

from django.http import HttpRequest, HttpResponse

from zerver.decorator import authenticated_rest_api_view, webhook_view
from zerver.lib.exceptions import UnsupportedWebhookEventTypeError
from zerver.lib.response import json_success
from zerver.lib.typed_endpoint import JsonBodyPayload, typed_endpoint
from zerver.lib.validator import WildValue, check_string
from zerver.lib.webhooks.common import (
    check_send_webhook_message,
    get_http_headers_from_filename,
    validate_extract_webhook_http_header,
)
from zerver.models import UserProfile
# end

# if header
# insert fixture headers
fixture_to_headers = get_http_headers_from_filename("HTTP_X_EXAMPLE_EVENT")
# end
# endif


# insert functions
def get_topic(payload: WildValue) -> str:
    return payload["project"]["name"].tame(check_string)


def get_body(payload: WildValue) -> str:
    title = payload["title"].tame(check_string)
    return f"{title}."


# end
# if events
# insert mapper
EVENT_FUNCTION_MAPPER: Dict[str, Callable[[WildValue], str]] = {
    "example": get_body,
}
# end

ALL_EVENT_TYPES = list(EVENT_FUNCTION_MAPPER)


# endif
# if basic
@authenticated_rest_api_view(webhook_client_name="CLIENT_NAME")
# else
# if events
@webhook_view("CLIENT_NAME", all_event_types=ALL_EVENT_TYPES)
# else
@webhook_view("CLIENT_NAME")
# endif
# endif
# if parameter
# insert endpoint
@typed_endpoint
# end
# endif
def api_INTEGRATION_NAME_webhook(
    request: HttpRequest,
    user_profile: UserProfile,
    # if parameter
    # insert payload
    *,
    payload: JsonBodyPayload[WildValue],
    # end
    # endif
) -> HttpResponse:
    # if reading
    # insert reading
    payload = wrap_wild_value("payload", request.POST.dict())
    # end
    # endif
    # if each
    # insert loop
    for item in payload["events"]:
        # end
        # if events
        # insert event
        event = item["event"].tame(check_string)
        # end
        # if surely
        body_function = EVENT_FUNCTION_MAPPER[event]
        # else
        body_function = EVENT_FUNCTION_MAPPER.get(event)
        if body_function is None:
            raise UnsupportedWebhookEventTypeError(event)
        # endif

        # endif
        # insert topic
        TOPIC_VARIABLE = get_topic(item)
        # end
        # if events
        body = body_function(item)
        check_send_webhook_message(request, user_profile, TOPIC_VARIABLE, body, event)
        # else
        body = get_body(item)
        check_send_webhook_message(request, user_profile, TOPIC_VARIABLE, body)
        # endif
    # else
    # if events
    # insert event
    event = payload["event"].tame(check_string)
    # end
    # if surely
    body_function = EVENT_FUNCTION_MAPPER[event]
    # else
    body_function = EVENT_FUNCTION_MAPPER.get(event)
    if body_function is None:
        raise UnsupportedWebhookEventTypeError(event)
    # endif

    # insert topic
    TOPIC_VARIABLE = get_topic(payload)
    # end
    body = body_function(payload)
    check_send_webhook_message(request, user_profile, TOPIC_VARIABLE, body, event)
    # else
    # insert topic
    TOPIC_VARIABLE = get_topic(payload)
    # end
    body = get_body(payload)
    check_send_webhook_message(request, user_profile, TOPIC_VARIABLE, body)
    # endif
    # endif
    return json_success(request)
