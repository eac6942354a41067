"""The decorators that turn a function into a webhook's view.

    @webhook_view("Harbour", all_event_types=ALL_EVENT_TYPES)
    @typed_endpoint
    def api_harbour_webhook(request, user_profile, *, payload: JsonBodyPayload[WildValue]): ...

`webhook_view` is for services that can be given a URL, which holds the bot's API key.
`authenticated_rest_api_view` is for services that want a user name and a password instead.
"""

import base64
import logging
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from zerver.lib.exceptions import (
    AnomalousWebhookPayloadError,
    InvalidAPIKeyError,
    InvalidAPIKeyFormatError,
    InvalidJSONError,
    JsonableError,
    UnauthorizedError,
    UnsupportedWebhookEventTypeError,
    WebhookError,
)
from zerver.lib.request import RequestNotes
from zerver.lib.typed_endpoint import typed_endpoint
from zerver.lib.webhooks.common import notify_bot_owner_about_invalid_json
from zerver.models import UserProfile
from zerver.models.clients import get_client
from zerver.models.users import get_user_profile_by_api_key

webhook_logger = logging.getLogger("zulip.zerver.webhooks")
webhook_unsupported_events_logger = logging.getLogger("zulip.zerver.webhooks.unsupported")
webhook_anomalous_payloads_logger = logging.getLogger("zulip.zerver.webhooks.anomalous")

API_KEY_LENGTH = 32

ParamT = ParamSpec("ParamT")
View = Callable[..., HttpResponse]


def webhook_view(
    webhook_client_name: str,
    notify_bot_owner_on_invalid_json: bool = True,
    all_event_types: Sequence[str] | None = None,
) -> Callable[[View], View]:
    """Authenticate the bot by the URL's `api_key`, and pass it to the view as `user_profile`.

    webhook_client_name: the service's name in CamelCase.
    notify_bot_owner_on_invalid_json: tell the bot's owner when the body is not JSON; False for
        services that send JSON for some events only.
    all_event_types: every event the view passes to `check_send_webhook_message`. They appear in
        the documentation of `only_events`, and the tests refuse an event that is missing here.
    """

    def decorate(view_func: View) -> View:
        @csrf_exempt
        @wraps(view_func)
        @typed_endpoint
        def wrapped(
            request: HttpRequest, /, *args: object, api_key: str, **kwargs: object
        ) -> HttpResponse:
            user_profile = validate_api_key(
                request,
                None,
                api_key,
                allow_webhook_access=True,
                client_name=full_webhook_client_name(webhook_client_name),
            )
            RequestNotes.get_notes(request).is_webhook_view = True
            try:
                return view_func(request, user_profile, *args, **kwargs)
            except InvalidJSONError:
                if notify_bot_owner_on_invalid_json:
                    notify_bot_owner_about_invalid_json(user_profile, webhook_client_name)
                raise
            except Exception as error:
                _log_webhook_error(request, error, webhook_client_name)
                raise

        wrapped._all_event_types = all_event_types  # type: ignore[attr-defined] # read by tests
        return wrapped

    return decorate


def authenticated_rest_api_view(
    *,
    webhook_client_name: str | None = None,
    allow_webhook_access: bool = False,
    skip_rate_limiting: bool = False,
    beanstalk_email_decode: bool = False,
) -> Callable[
    [Callable[Concatenate[HttpRequest, UserProfile, ParamT], HttpResponse]],
    Callable[Concatenate[HttpRequest, ParamT], HttpResponse],
]:
    """Authenticate a user by HTTP basic authentication: the email address and the API key.

    webhook_client_name: the service's name in CamelCase, for a webhook's view.
    allow_webhook_access: let incoming webhook bots in; implied by `webhook_client_name`.
    skip_rate_limiting: has no effect here, where nothing is limited.
    beanstalk_email_decode: the service cannot write "@" in a user name, and writes "%40".
    """

    def decorate(
        view_func: Callable[Concatenate[HttpRequest, UserProfile, ParamT], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, ParamT], HttpResponse]:
        @csrf_exempt
        @wraps(view_func)
        def wrapped(
            request: HttpRequest, /, *args: ParamT.args, **kwargs: ParamT.kwargs
        ) -> HttpResponse:
            email, api_key = get_basic_credentials(request, beanstalk_email_decode)
            try:
                user_profile = validate_api_key(
                    request,
                    email,
                    api_key,
                    allow_webhook_access=allow_webhook_access or webhook_client_name is not None,
                    client_name=full_webhook_client_name(webhook_client_name),
                )
            except JsonableError as error:
                raise UnauthorizedError(error.msg)
            if webhook_client_name is None:
                return view_func(request, user_profile, *args, **kwargs)

            RequestNotes.get_notes(request).is_webhook_view = True
            try:
                return view_func(request, user_profile, *args, **kwargs)
            except Exception as error:
                _log_webhook_error(request, error, webhook_client_name)
                raise

        return wrapped

    return decorate


def return_success_on_head_request(
    view_func: Callable[Concatenate[HttpRequest, ParamT], HttpResponse],
) -> Callable[Concatenate[HttpRequest, ParamT], HttpResponse]:
    """Answer HEAD with an empty 200: some services ask whether the URL is there before they use it.

    Goes above `webhook_view`.
    """

    @wraps(view_func)
    def wrapped(
        request: HttpRequest, /, *args: ParamT.args, **kwargs: ParamT.kwargs
    ) -> HttpResponse:
        if request.method == "HEAD":
            return HttpResponse()
        return view_func(request, *args, **kwargs)

    return wrapped


def full_webhook_client_name(raw_client_name: str | None = None) -> str | None:
    """The name under which Connect knows the client that sends an integration's messages."""
    return None if raw_client_name is None else f"Zulip{raw_client_name}Webhook"


def get_basic_credentials(
    request: HttpRequest, beanstalk_email_decode: bool = False
) -> tuple[str, str]:
    """The user name and the password of a request."""
    header = request.headers.get("Authorization")
    if header is None:
        raise UnauthorizedError(_("Missing authorization header for basic auth"))
    scheme, _separator, credentials = header.partition(" ")
    if scheme.lower() != "basic":
        raise JsonableError(_("This endpoint requires HTTP basic authentication."))
    try:
        email, api_key = base64.b64decode(credentials).decode().split(":")
    except ValueError:
        raise UnauthorizedError(_("Invalid authorization header for basic auth"))
    return email.replace("%40", "@") if beanstalk_email_decode else email, api_key


def validate_api_key(
    request: HttpRequest,
    role: str | None,
    api_key: str,
    allow_webhook_access: bool = False,
    client_name: str | None = None,
) -> UserProfile:
    """The user whose API key this is; `role` is the email address that must go with it."""
    # People copy keys with blanks around them.
    api_key = api_key.strip()
    if len(api_key) != API_KEY_LENGTH or not (api_key.isascii() and api_key.isalnum()):
        raise InvalidAPIKeyFormatError
    try:
        user_profile = get_user_profile_by_api_key(api_key)
    except UserProfile.DoesNotExist:
        raise InvalidAPIKeyError
    if role is not None and role.strip().lower() != user_profile.delivery_email.lower():
        raise InvalidAPIKeyError
    if user_profile.is_incoming_webhook and not allow_webhook_access:
        raise JsonableError(_("This API is not available to incoming webhook bots."))

    request.user = user_profile
    notes = RequestNotes.get_notes(request)
    name = client_name or notes.client_name
    assert name is not None
    notes.client = get_client(name)
    return user_profile


def log_unsupported_webhook_event(request: HttpRequest, summary: str) -> None:
    """Log an event of which only a part is unknown, while the rest is answered as usual."""
    webhook_unsupported_events_logger.exception(
        summary, stack_info=True, extra={"request": request}
    )


def log_exception_to_webhook_logger(request: HttpRequest, err: Exception) -> None:
    """Log an error in the log for its kind: a bug, an unknown event, or a strange request."""
    if isinstance(err, AnomalousWebhookPayloadError):
        webhook_anomalous_payloads_logger.exception(err, extra={"request": request})
    elif isinstance(err, UnsupportedWebhookEventTypeError):
        webhook_unsupported_events_logger.exception(err, extra={"request": request})
    else:
        webhook_logger.exception(err, stack_info=True, extra={"request": request})


def _log_webhook_error(request: HttpRequest, error: Exception, webhook_client_name: str) -> None:
    if isinstance(error, WebhookError):
        error.webhook_name = webhook_client_name
    # Other errors for the sender are nobody else's business.
    if isinstance(error, WebhookError) or not isinstance(error, JsonableError):
        log_exception_to_webhook_logger(request, error)
