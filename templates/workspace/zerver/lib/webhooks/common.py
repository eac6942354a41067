"""The helpers that most integrations use.

The one that every integration needs is `check_send_webhook_message`: it sends the message to
the channel that the URL names, or to the bot's owner when it names none, and lets whoever made
the URL override the topic and filter events.
"""

import fnmatch
import hashlib
import hmac
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeAlias
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import Json
from typing_extensions import override

from zerver.actions.message_send import (
    check_send_private_message,
    check_send_stream_message,
    check_send_stream_message_by_id,
    send_rate_limited_pm_notification_to_bot_owner,
)
from zerver.lib.exceptions import (
    AnomalousWebhookPayloadError,
    ErrorCode,
    JsonableError,
    StreamDoesNotExistError,
)
from zerver.lib.request import RequestNotes
from zerver.lib.send_email import FromAddress
from zerver.lib.timestamp import timestamp_to_datetime
from zerver.lib.typed_endpoint import ApiParamConfig, typed_endpoint
from zerver.models import UserProfile

MISSING_EVENT_HEADER_MESSAGE = """\
Your bot {bot_name} received a request at {request_path} without the {header_name} header,
which is how {integration_name} names its events. Most likely the URL is that of another
integration, or the service is a version that does not send this header.
Write to {support_email} if you need help.
"""

INVALID_JSON_MESSAGE = """\
The {webhook_name} integration received a request that is not JSON. Please check that the service
is set up to send its webhooks as JSON.
"""

SETUP_MESSAGE_TEMPLATE = "{integration} webhook has been successfully configured"
SETUP_MESSAGE_USER_PART = " by {user_name}"

# The topic in the URL, for a view whose own topic depends on whether there is one.
OptionalUserSpecifiedTopicStr: TypeAlias = Annotated[str | None, ApiParamConfig("topic")]


@dataclass
class WebhookConfigOption:
    """A setting of an integration's URL, shown where people make one.

    validator: takes the option's name and its value; returns an error, or None.
    """

    name: str
    description: str
    validator: Callable[[str, str], str | bool | None]


def get_setup_webhook_message(integration: str, user_name: str | None = None) -> str:
    """The answer to the ping a service sends when its webhook has just been set up."""
    message = SETUP_MESSAGE_TEMPLATE.format(integration=integration)
    if user_name:
        message += SETUP_MESSAGE_USER_PART.format(user_name=user_name)
    return f"{message}."


def notify_bot_owner_about_invalid_json(
    user_profile: UserProfile, webhook_client_name: str
) -> None:
    """Tell the bot's owner that the service does not send JSON."""
    message = INVALID_JSON_MESSAGE.format(webhook_name=webhook_client_name).strip()
    send_rate_limited_pm_notification_to_bot_owner(user_profile, user_profile.realm, message)


class MissingHTTPEventHeaderError(AnomalousWebhookPayloadError):
    """The request lacks the header that names the event."""

    code = ErrorCode.MISSING_HTTP_EVENT_HEADER
    data_fields = ["header"]

    def __init__(self, header: str) -> None:
        super().__init__()
        self.header = header

    @staticmethod
    @override
    def msg_format() -> str:
        return _("Missing the HTTP event header '{header}'")


@typed_endpoint
def check_send_webhook_message(
    request: HttpRequest,
    user_profile: UserProfile,
    topic: str,
    body: str,
    complete_event_type: str | None = None,
    *,
    stream: str | None = None,
    user_specified_topic: OptionalUserSpecifiedTopicStr = None,
    only_events: Json[list[str]] | None = None,
    exclude_events: Json[list[str]] | None = None,
    unquote_url_parameters: bool = False,
    no_previews: bool = False,
) -> None:
    """Send the message of a webhook.

    The parameters after `complete_event_type` come from the URL:

    stream: a channel's name or ID; without it the message goes to the bot's owner.
    topic: takes the place of the integration's own topic.
    only_events, exclude_events: JSON lists of shell-style patterns such as `issue_*`. They apply
        when the view passes `complete_event_type`; an event that is filtered out sends nothing.

    A view passes the two others itself:

    unquote_url_parameters: for services that encode the URL's parameters twice.
    no_previews: do not show previews of the links in the message.

    A channel that does not exist is no error for the service: the bot's owner is told.
    """
    if complete_event_type is not None and not _is_wanted(
        complete_event_type, only_events, exclude_events
    ):
        return

    client = RequestNotes.get_notes(request).client
    assert client is not None, "the view lacks @webhook_view"

    if stream is None:
        assert user_profile.bot_owner is not None
        check_send_private_message(
            user_profile, client, user_profile.bot_owner, body, no_previews=no_previews
        )
        return

    if user_specified_topic is not None:
        topic = user_specified_topic
    if unquote_url_parameters:
        stream = unquote(stream)
        if user_specified_topic is not None:
            topic = unquote(topic)

    try:
        if stream.isdecimal():
            check_send_stream_message_by_id(
                user_profile, client, int(stream), topic, body, no_previews=no_previews
            )
        else:
            check_send_stream_message(
                user_profile, client, stream, topic, body, no_previews=no_previews
            )
    except StreamDoesNotExistError:
        # The owner has been told already, and the service can do nothing about it.
        pass


def _is_wanted(event: str, only: list[str] | None, exclude: list[str] | None) -> bool:
    if only is not None and not _matches(event, only):
        return False
    return exclude is None or not _matches(event, exclude)


def _matches(event: str, patterns: list[str]) -> bool:
    return any(fnmatch.fnmatch(event, pattern) for pattern in patterns)


def validate_extract_webhook_http_header(
    request: HttpRequest, header: str, integration_name: str
) -> str:
    """The value of the header that names the event, such as `X-Harbour-Event`.

    Without it the bot's owner is told, and `MissingHTTPEventHeaderError` is raised.
    """
    assert request.user.is_authenticated
    value = request.headers.get(header)
    if value is not None:
        return value

    message = MISSING_EVENT_HEADER_MESSAGE.format(
        bot_name=request.user.full_name,
        request_path=request.path,
        header_name=header,
        integration_name=integration_name,
        support_email=FromAddress.SUPPORT,
    )
    send_rate_limited_pm_notification_to_bot_owner(request.user, request.user.realm, message)
    raise MissingHTTPEventHeaderError(header)


def get_fixture_http_headers(integration_name: str, fixture_name: str) -> dict[str, str]:
    """The headers that belong to a fixture.

    An integration whose service sends headers of its own defines `fixture_to_headers` in its
    view.py: a function from a fixture's name, without the extension, to its headers.
    """
    try:
        view = importlib.import_module(f"zerver.webhooks.{integration_name}.view")
    except ImportError:
        return {}
    fixture_to_headers = getattr(view, "fixture_to_headers", None)
    return {} if fixture_to_headers is None else fixture_to_headers(fixture_name)


def get_http_headers_from_filename(http_header_key: str) -> Callable[[str], dict[str, str]]:
    """A `fixture_to_headers` for services that name the event in one header.

    The fixtures are called after the event: `deploy.json`, or `deploy__failed.json` where an
    event has several.
    """

    def fixture_to_headers(filename: str) -> dict[str, str]:
        event, _separator, _detail = filename.partition("__")
        return {http_header_key: event}

    return fixture_to_headers


def standardize_headers(input_headers: dict[str, Any] | None) -> dict[str, str]:
    """Headers the way Django's test client takes them: `X-Event` becomes `HTTP_X_EVENT`."""
    standardized = {}
    for name, value in (input_headers or {}).items():
        key = name.upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH") and not key.startswith("HTTP_"):
            key = f"HTTP_{key}"
        standardized[key] = str(value)
    return standardized


def unix_milliseconds_to_timestamp(milliseconds: Any, webhook: str) -> datetime:
    """The UTC datetime of a Unix timestamp in milliseconds, or a `JsonableError`."""
    try:
        return timestamp_to_datetime(milliseconds / 1000)
    except (TypeError, ValueError):
        message = _("The {webhook} webhook expects time in milliseconds.")
        raise JsonableError(message.format(webhook=webhook))


def parse_multipart_string(body: str) -> dict[str, str]:
    """The fields of a fixture that holds a multipart form as text."""
    first_line, _newline, _rest = body.partition("\n")
    fields = {}
    for part in body.split(first_line)[1:]:
        headers, separator, content = part.partition("\n\n")
        if not separator:
            continue
        name = headers.partition('name="')[2].partition('"')[0]
        fields[name] = content.removesuffix("\n--")
    return fields


def validate_webhook_signature(
    request: HttpRequest, payload: str, signature: str, algorithm: str = "sha256"
) -> None:
    """Check a hex HMAC of the payload, made with the `webhook_secret` in the URL."""
    if not settings.VERIFY_WEBHOOK_SIGNATURES:
        return
    if algorithm not in hashlib.algorithms_available:
        raise AssertionError(f"The algorithm '{algorithm}' is not supported.")

    secret = request.GET.get("webhook_secret")
    if secret is None:
        raise JsonableError(
            _("The URL has no webhook_secret. Please add it when you make the URL.")
        )
    expected = hmac.new(secret.encode(), payload.encode(), algorithm).hexdigest()
    if not hmac.compare_digest(expected, signature):
        raise JsonableError(_("Webhook signature verification failed."))
