"""Harbourline, a deployment service that we made up: an example of an integration.

Harbourline names the event in a header, and sends what happened as JSON. Each event has a
function here that writes its message; all events of one environment share a topic.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from zerver.decorator import webhook_view
from zerver.lib.exceptions import UnsupportedWebhookEventTypeError
from zerver.lib.response import json_success
from zerver.lib.typed_endpoint import JsonBodyPayload, typed_endpoint
from zerver.lib.validator import (
    WildValue,
    check_int,
    check_none_or,
    check_string,
    check_string_in,
    check_url,
)
from zerver.lib.webhooks.common import (
    check_send_webhook_message,
    get_http_headers_from_filename,
    get_setup_webhook_message,
    validate_extract_webhook_http_header,
)
from zerver.lib.webhooks.git import CONTENT_MESSAGE_TEMPLATE, get_short_sha
from zerver.models import UserProfile

DEPLOYMENT_STARTED_TEMPLATE = "{actor} started {deployment} of {commit}."
DEPLOYMENT_SUCCEEDED_TEMPLATE = ":check: The {deployment} of {commit} succeeded after {duration}."
DEPLOYMENT_FAILED_TEMPLATE = """\
:cross_mark: The {deployment} of {commit} failed after {duration}, in the step **{step}**:
{log}"""
ROLLBACK_FINISHED_TEMPLATE = (
    ":rewind: {actor} rolled back from {deployment} to {target}, which runs {commit}."
)
APPROVAL_REQUESTED_TEMPLATE = "{actor} asks {approvers} to approve {deployment} of {commit}."


def get_ping_body(payload: WildValue) -> str:
    return get_setup_webhook_message("Harbourline", payload["actor"]["name"].tame(check_string))


def get_deployment_started_body(payload: WildValue) -> str:
    deployment = payload["deployment"]
    return DEPLOYMENT_STARTED_TEMPLATE.format(
        actor=get_actor(payload),
        deployment=get_deployment_link(deployment),
        commit=get_commit_link(deployment["commit"]),
    )


def get_deployment_finished_body(payload: WildValue) -> str:
    deployment = payload["deployment"]
    values = {
        "deployment": get_deployment_link(deployment),
        "commit": get_commit_link(deployment["commit"]),
        "duration": format_duration(deployment["duration_seconds"].tame(check_int)),
    }
    if deployment["status"].tame(check_string_in(["succeeded", "failed"])) == "succeeded":
        return DEPLOYMENT_SUCCEEDED_TEMPLATE.format(**values)

    failure = deployment["failure"]
    return DEPLOYMENT_FAILED_TEMPLATE.format(
        **values,
        step=failure["step"].tame(check_string),
        log=CONTENT_MESSAGE_TEMPLATE.format(message=failure["message"].tame(check_string)),
    )


def get_rollback_finished_body(payload: WildValue) -> str:
    target = payload["rollback"]["to_deployment"]
    return ROLLBACK_FINISHED_TEMPLATE.format(
        actor=get_actor(payload),
        deployment=get_deployment_link(payload["deployment"]),
        target=get_deployment_link(target),
        commit=get_commit_link(target["commit"]),
    )


def get_approval_requested_body(payload: WildValue) -> str:
    deployment = payload["deployment"]
    approvers = [approver["name"].tame(check_string) for approver in payload["approvers"]]
    return APPROVAL_REQUESTED_TEMPLATE.format(
        actor=get_actor(payload),
        approvers=" or ".join(f"**{approver}**" for approver in approvers),
        deployment=get_deployment_link(deployment),
        commit=get_commit_link(deployment["commit"]),
    )


def get_actor(payload: WildValue) -> str:
    # Harbourline sends null for what its scheduler does.
    if not payload["actor"]:
        return "The scheduler"
    return payload["actor"]["name"].tame(check_string)


def get_deployment_link(deployment: WildValue) -> str:
    number = deployment["number"].tame(check_int)
    return f"[deployment #{number}]({deployment['url'].tame(check_url)})"


def get_commit_link(commit: WildValue) -> str:
    sha = get_short_sha(commit["sha"].tame(check_string))
    url = commit.get("url").tame(check_none_or(check_url))
    return f"`{sha}`" if url is None else f"[{sha}]({url})"


def format_duration(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def get_topic(payload: WildValue) -> str:
    project = payload["project"]["name"].tame(check_string)
    # A ping is about the project as a whole.
    environment = payload.get("environment").tame(check_none_or(check_string))
    return project if environment is None else f"{project} / {environment}"


EVENT_TO_BODY_FUNCTION: dict[str, Callable[[WildValue], str]] = {
    "approval_requested": get_approval_requested_body,
    "deployment_finished": get_deployment_finished_body,
    "deployment_started": get_deployment_started_body,
    "ping": get_ping_body,
    "rollback_finished": get_rollback_finished_body,
}

ALL_EVENT_TYPES = list(EVENT_TO_BODY_FUNCTION)

fixture_to_headers = get_http_headers_from_filename("X-Harbourline-Event")


@webhook_view("Harbourline", all_event_types=ALL_EVENT_TYPES)
@typed_endpoint
def api_harbourline_webhook(
    request: HttpRequest,
    user_profile: UserProfile,
    *,
    payload: JsonBodyPayload[WildValue],
) -> HttpResponse:
    event = validate_extract_webhook_http_header(request, "X-Harbourline-Event", "Harbourline")
    get_body = EVENT_TO_BODY_FUNCTION.get(event)
    if get_body is None:
        raise UnsupportedWebhookEventTypeError(event)

    check_send_webhook_message(request, user_profile, get_topic(payload), get_body(payload), event)
    return json_success(request)
