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


def get_topic(payload: WildValue) -> str:
    return payload["event_data"]["survey"]["name"].tame(check_string)


def get_survey_response_created_answer_line(answer: WildValue) -> str:
    question = answer["question"].tame(check_string).replace("*", "")
    body = f"**{question}**"
    if answer.get("answer"):
        answer_text = answer["answer"].tame(check_string)
        body += f": {answer_text}"
    return body


def get_survey_response_created_body(payload: WildValue) -> str:
    url = payload["event_data"]["permalink"].tame(check_string)
    link = get_link("Survey response", url)
    score = payload["event_data"]["score"].tame(check_int)
    person = payload["event_data"]["person"]["name"].tame(check_string)
    body = f"{link} was created.\n* **Score:** {score}\n* **Person:** {person}\n\n**Answers:**"
    body += get_list(
        [
            get_survey_response_created_answer_line(answer)
            for answer in payload["event_data"]["answers"]
        ]
    )
    if payload["event_data"].get("comment"):
        quote = get_quote(payload["event_data"]["comment"].tame(check_string))
        body += quote
    return body


def get_survey_response_updated_body(payload: WildValue) -> str:
    url = payload["event_data"]["permalink"].tame(check_string)
    link = get_link("Survey response", url)
    score = payload["event_data"]["score"].tame(check_int)
    person = payload["event_data"]["person"]["name"].tame(check_string)
    return f"{link} was updated.\n* **Score:** {score}\n* **Person:** {person}"


EVENT_FUNCTION_MAPPER: dict[str, Callable[[WildValue], str]] = {
    "survey_response.created": get_survey_response_created_body,
    "survey_response.updated": get_survey_response_updated_body,
}

ALL_EVENT_TYPES = list(EVENT_FUNCTION_MAPPER)


@webhook_view("Surveynest", all_event_types=ALL_EVENT_TYPES)
@typed_endpoint
def api_surveynest_webhook(
    request: HttpRequest,
    user_profile: UserProfile,
    *,
    payload: JsonBodyPayload[WildValue],
) -> HttpResponse:
    event = payload["event_type"].tame(check_string)
    body_function = EVENT_FUNCTION_MAPPER.get(event)
    if body_function is None:
        raise UnsupportedWebhookEventTypeError(event)

    topic_name = get_topic(payload)
    body = body_function(payload)
    check_send_webhook_message(request, user_profile, topic_name, body, event)
    return json_success(request)
