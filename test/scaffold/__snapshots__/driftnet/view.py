from collections.abc import Callable
from functools import partial
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


def get_topic(payload: WildValue, event: str) -> str:
    if event == "repo:push":
        repository = payload["repository"]["name"].tame(check_string)
        branch = payload["push"]["changes"][0]["new"]["name"].tame(check_string)
        return f"{repository} / {branch}"
    if event == "winch":
        return payload["component"]["name"].tame(check_string)
    if event == "job_error":
        number = payload["job"]["number"].tame(check_int)
        title = payload["job"]["name"].tame(check_string)
        return f"#{number} {title}"
    if event == "customer_added":
        given_name = payload["first_name"].tame(check_string)
        family_name = payload["last_name"].tame(check_string)
        return f"{given_name} {family_name}"
    if event == "order_placed":
        title = payload["order"]["name"].tame(check_string)
        return f"Order {title}"
    if event in ("issue:created", "issue:deleted"):
        number = payload["issue"]["key"].tame(check_string)
        title = payload["issue"]["fields"]["summary"].tame(check_string)
        return f"{number}: {title}"
    return payload["haul"]["title"].tame(check_string)


def get_repo_push_commit_line(commit: WildValue) -> str:
    title = commit["message"].tame(check_string).split("\n")[0]
    commit_id = commit["hash"].tame(check_string)[:11]
    url = commit["links"]["html"]["href"].tame(check_string)
    return f"{title} ([{commit_id}]({url}))"


def get_repo_push_body(payload: WildValue) -> str:
    actor = payload["actor"]["display_name"].tame(check_string)
    count = sum(len(change["commits"]) for change in payload["push"]["changes"])
    commits = "1 commit" if count == 1 else f"{count} commits"
    branch = payload["push"]["changes"][0]["new"]["name"].tame(check_string)
    body = f"**{actor}** pushed {commits} to branch `{branch}`:"
    body += get_list(
        [
            get_repo_push_commit_line(commit)
            for change in payload["push"]["changes"]
            for commit in change["commits"]
        ]
    )
    return body


def get_issue_body(payload: WildValue, action: str) -> str:
    issue = payload["issue"]
    actor = payload["actor"]["display_name"].tame(check_string)
    number = issue["key"].tame(check_string)
    title = issue["fields"]["summary"].tame(check_string)
    site = issue["self"].tame(check_string).split("/rest/api/")[0]
    link = get_link(f"{number} {title}", f"{site}/browse/{number}")
    return f"**{actor}** {action} issue {link}."


def get_winch_body(payload: WildValue) -> str:
    title = payload["component"]["name"].tame(check_string)
    former_state = payload["component_update"]["old_status"].tame(check_string)
    state = payload["component"]["status"].tame(check_string).replace("_", " ")
    return f"Component **{title}** changed from **{former_state}** to **{state}**."


def get_haul_started_body(payload: WildValue) -> str:
    number = payload["haul"]["number"].tame(check_int)
    title = payload["haul"]["title"].tame(check_string)
    return f"Haul **#{number} {title}** was started."


def get_haul_annotated_body(payload: WildValue) -> str:
    title = payload["haul"]["title"].tame(check_string)
    quote = get_quote(payload["content"].tame(check_string))
    return f"Somebody commented on haul **{title}**:{quote}"


def get_job_error_body(payload: WildValue) -> str:
    number = payload["job"]["number"].tame(check_int)
    title = payload["job"]["name"].tame(check_string)
    url = payload["workflow"]["url"].tame(check_string)
    link = get_link(f"#{number} {title}", url)
    return f"Job {link} failed."


def get_customer_added_body(payload: WildValue) -> str:
    given_name = payload["first_name"].tame(check_string)
    family_name = payload["last_name"].tame(check_string)
    return f"Customer **{given_name} {family_name}** was added."


def get_order_placed_body(payload: WildValue) -> str:
    title = payload["order"]["name"].tame(check_string)
    return f"Order **{title}** was placed."


EVENT_FUNCTION_MAPPER: dict[str, Callable[[WildValue], str]] = {
    "repo:push": get_repo_push_body,
    "issue:created": partial(get_issue_body, action="created"),
    "issue:deleted": partial(get_issue_body, action="deleted"),
    "winch": get_winch_body,
    "haul.started": get_haul_started_body,
    "haul.annotated": get_haul_annotated_body,
    "job_error": get_job_error_body,
    "customer_added": get_customer_added_body,
    "order_placed": get_order_placed_body,
}

ALL_EVENT_TYPES = list(EVENT_FUNCTION_MAPPER)


@webhook_view("Driftnet", all_event_types=ALL_EVENT_TYPES)
@typed_endpoint
def api_driftnet_webhook(
    request: HttpRequest,
    user_profile: UserProfile,
    *,
    payload: JsonBodyPayload[WildValue],
) -> HttpResponse:
    event = payload["event"].tame(check_string)
    body_function = EVENT_FUNCTION_MAPPER.get(event)
    if body_function is None:
        raise UnsupportedWebhookEventTypeError(event)

    topic_name = get_topic(payload, event)
    body = body_function(payload)
    check_send_webhook_message(request, user_profile, topic_name, body, event)
    return json_success(request)
