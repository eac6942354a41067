"""An integration that lets its tests reach every corner of the workspace's library."""

from django.http import HttpRequest, HttpResponse

from zerver.actions.message_send import check_send_private_message
from zerver.decorator import (
    authenticated_rest_api_view,
    log_unsupported_webhook_event,
    return_success_on_head_request,
    webhook_view,
)
from zerver.lib.exceptions import (
    AnomalousWebhookPayloadError,
    JsonableError,
    UnsupportedWebhookEventTypeError,
)
from zerver.lib.request import RequestNotes
from zerver.lib.response import json_success
from zerver.lib.typed_endpoint import JsonBodyPayload, typed_endpoint
from zerver.lib.validator import WildValue, check_string
from zerver.lib.webhooks.common import (
    OptionalUserSpecifiedTopicStr,
    check_send_webhook_message,
    get_http_headers_from_filename,
    validate_extract_webhook_http_header,
    validate_webhook_signature,
)
from zerver.models import UserProfile

fixture_to_headers = get_http_headers_from_filename("X-Probe-Event")


@return_success_on_head_request
@webhook_view("Probe", all_event_types=["open", "partly_unknown"])
@typed_endpoint
def api_probe_webhook(
    request: HttpRequest,
    user_profile: UserProfile,
    *,
    payload: JsonBodyPayload[WildValue],
    user_specified_topic: OptionalUserSpecifiedTopicStr = None,
    signature: str | None = None,
) -> HttpResponse:
    event = validate_extract_webhook_http_header(request, "X-Probe-Event", "Probe")
    if signature is not None:
        validate_webhook_signature(request, request.body.decode(), signature)
    if event == "refuse":
        raise JsonableError("The probe refuses.")
    if event == "crash":
        raise ZeroDivisionError
    if event == "strange":
        raise AnomalousWebhookPayloadError
    if event == "unknown":
        raise UnsupportedWebhookEventTypeError(event)
    if event == "private":
        client = RequestNotes.get_notes(request).client
        assert client is not None
        check_send_private_message(user_profile, client, user_profile.bot_owner, client.name)
        return json_success(request)
    if event == "partly_unknown":
        log_unsupported_webhook_event(request, "a part of it")

    title = payload["title"].tame(check_string)
    topic = title if user_specified_topic is None else f"{title} for {user_specified_topic}"
    check_send_webhook_message(
        request,
        user_profile,
        topic,
        payload["text"].tame(check_string),
        event,
        unquote_url_parameters=True,
    )
    return json_success(request, data={"event": event})


@authenticated_rest_api_view(webhook_client_name="ProbeBasic", beanstalk_email_decode=True)
@typed_endpoint
def api_probebasic_webhook(
    request: HttpRequest, user_profile: UserProfile, *, payload: JsonBodyPayload[WildValue]
) -> HttpResponse:
    check_send_webhook_message(request, user_profile, "basic", payload["text"].tame(check_string))
    return json_success(request)
