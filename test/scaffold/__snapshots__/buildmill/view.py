from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from zerver.decorator import webhook_view
from zerver.lib.exceptions import UnsupportedWebhookEventTypeError
from zerver.lib.response import json_success
from zerver.lib.typed_endpoint import JsonBodyPayload, typed_endpoint
from zerver.lib.validator import WildValue, check_int, check_string
from zerver.lib.webhooks.common import check_send_webhook_message
from zerver.models import UserProfile

MAX_LIST_LENGTH = 10

PAST_TENSES: dict[str, str] = {
    "close": "closed",
    "merge": "merged",
    "open": "opened",
    "reopen": "reopened",
}


def get_branch(ref: str) -> str:
    # Git's full name of a branch or a tag, such as refs/heads/main.
    return ref.split("/", 2)[-1] if ref.startswith("refs/") else ref


def get_link(text: str, url: str) -> str:
    # Square brackets in the text could end the link early.
    text = text.replace("[", "(").replace("]", ")")
    return f"[{text}]({url})"


def get_list(lines: list[str]) -> str:
    hidden = len(lines) - MAX_LIST_LENGTH
    more = [f"and {hidden} more"] if hidden > 0 else []
    return "".join(f"\n* {line}" for line in [*lines[:MAX_LIST_LENGTH], *more])


def get_topic(payload: WildValue, event: str) -> str:
    if event == "pipeline":
        project = payload["project"]["name"].tame(check_string)
        branch = payload["object_attributes"]["ref"].tame(check_string)
        return f"{project} / {branch}"
    if event == "push":
        project = payload["project"]["name"].tame(check_string)
        branch = get_branch(payload["ref"].tame(check_string))
        return f"{project} / {branch}"
    project = payload["project"]["name"].tame(check_string)
    number = payload["object_attributes"]["iid"].tame(check_int)
    title = payload["object_attributes"]["title"].tame(check_string)
    return f"{project} / MR #{number} {title}"


def get_pipeline_build_line(build: WildValue) -> str:
    title = build["name"].tame(check_string)
    state = build["status"].tame(check_string)
    return f"{title}: **{state}**"


def get_pipeline_body(payload: WildValue) -> str:
    object_attributes = payload["object_attributes"]
    number = object_attributes["id"].tame(check_int)
    url = object_attributes["url"].tame(check_string)
    link = get_link(f"#{number}", url)
    branch = object_attributes["ref"].tame(check_string)
    actor = payload["user"]["name"].tame(check_string)
    state = object_attributes["status"].tame(check_string)
    commit = payload["commit"]["message"].tame(check_string).split("\n")[0]
    commit_url = payload["commit"]["url"].tame(check_string)
    commit_link = get_link(commit, commit_url)
    duration = object_attributes["duration"].tame(check_int)
    body = (
        f"Pipeline {link} on branch `{branch}` by **{actor}**: **{state}**.\n"
        f"* **Commit:** {commit_link}\n"
        f"* **Duration:** {duration}\n\n"
        "**Builds:**"
    )
    body += get_list([get_pipeline_build_line(build) for build in payload["builds"]])
    return body


def get_push_commit_line(commit: WildValue) -> str:
    title = commit["message"].tame(check_string).split("\n")[0]
    commit_id = commit["id"].tame(check_string)[:11]
    url = commit["url"].tame(check_string)
    return f"{title} ([{commit_id}]({url}))"


def get_push_body(payload: WildValue) -> str:
    actor = payload["user_name"].tame(check_string)
    count = len(payload["commits"])
    commits = "1 commit" if count == 1 else f"{count} commits"
    branch = get_branch(payload["ref"].tame(check_string))
    body = f"**{actor}** pushed {commits} to branch `{branch}`:"
    body += get_list([get_push_commit_line(commit) for commit in payload["commits"]])
    return body


def get_merge_request_body(payload: WildValue) -> str:
    object_attributes = payload["object_attributes"]
    actor = payload["user"]["name"].tame(check_string)
    action = object_attributes["action"].tame(check_string)
    action = PAST_TENSES.get(action, action)
    number = object_attributes["iid"].tame(check_int)
    title = object_attributes["title"].tame(check_string)
    url = object_attributes["url"].tame(check_string)
    link = get_link(f"#{number} {title}", url)
    source_branch = object_attributes["source_branch"].tame(check_string)
    target_branch = object_attributes["target_branch"].tame(check_string)
    body = f"**{actor}** {action} merge request {link} from `{source_branch}` to `{target_branch}`."
    if (
        payload.get("changes")
        and payload["changes"].get("title")
        and payload["changes"]["title"].get("previous")
        and payload["changes"]["title"].get("current")
    ):
        old_title = payload["changes"]["title"]["previous"].tame(check_string)
        new_title = payload["changes"]["title"]["current"].tame(check_string)
        if old_title != new_title:
            body += f"\n* Changed title from **{old_title}** to **{new_title}**"
    return body


EVENT_FUNCTION_MAPPER: dict[str, Callable[[WildValue], str]] = {
    "pipeline": get_pipeline_body,
    "push": get_push_body,
    "merge_request": get_merge_request_body,
}

ALL_EVENT_TYPES = list(EVENT_FUNCTION_MAPPER)


@webhook_view("Buildmill", all_event_types=ALL_EVENT_TYPES)
@typed_endpoint
def api_buildmill_webhook(
    request: HttpRequest,
    user_profile: UserProfile,
    *,
    payload: JsonBodyPayload[WildValue],
) -> HttpResponse:
    event = payload["object_kind"].tame(check_string)
    body_function = EVENT_FUNCTION_MAPPER.get(event)
    if body_function is None:
        raise UnsupportedWebhookEventTypeError(event)

    topic_name = get_topic(payload, event)
    body = body_function(payload)
    check_send_webhook_message(request, user_profile, topic_name, body, event)
    return json_success(request)
