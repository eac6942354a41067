"""Sends one request to an integration, the way Connect's own screenshot tool does."""

import base64
import importlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from . import registry, seed, tree, urls
from .errors import as_timeout, describe
from .output import LONGEST_COMPARED, cut
from .tables import Message, Recipient, Stream, UserProfile


class DeliveryError(Exception):
    """The request cannot be made: the integration or the fixture does not exist."""


def deliver(options: dict[str, Any]) -> dict[str, Any]:
    """Delivers a request and returns the response and the messages that it led to.

    Keys: integration; fixture (a file name) or body (base64) with fixtureName; headers; query;
    useBasicAuth; payloadAsQueryParam; payloadParamName; stream (None for a direct message);
    topic; onlyEvents; excludeEvents; botName.
    """
    seed.reset_data()
    entry = entry_of(options["integration"])
    bot = make_bot(entry, options.get("botName"))
    stream = stream_of(entry, options)
    if stream is not None:
        join(bot, stream)
    post = compose(entry, bot, stream, options)
    last = Message.objects.latest("id").id
    response = _send(post)
    messages = Message.objects.filter(id__gt=last).order_by("id")
    return {**response, "messages": [as_data(message) for message in messages]}


def entry_of(name: str) -> Any:
    """The registry's entry of an integration."""
    entry = urls.find_integration(name)
    if entry is not None:
        return entry
    problem = registry.problem_of(name=name)
    missing = f"{name} is not an incoming webhook of this tree's registry"
    raise DeliveryError(missing if problem is None else registry.in_words(problem))


def bot_email(name: str) -> str:
    """The address of an integration's bot."""
    return f"{name}-bot@example.com"


def make_bot(entry: Any, name: str | None = None) -> UserProfile:
    """Makes the bot of an integration, as a user would."""
    return seed.make_user(
        seed.realm(),
        bot_email(entry.name),
        name or f"{entry.name.capitalize()} Bot",
        is_bot=True,
        bot_type=UserProfile.INCOMING_WEBHOOK_BOT,
        bot_owner=seed.administrator(),
    )


def stream_of(entry: Any, options: dict[str, Any]) -> str | None:
    """The stream that a request names; by default the registry's."""
    if "stream" in options:
        return options["stream"]
    return (
        (options.get("query") or {}).get("stream")
        or getattr(entry, "stream_name", None)
        or entry.name
    )


def join(bot: UserProfile, name: str) -> None:
    """Puts a bot and its owner into a stream, made if there is none."""
    stream = Stream.objects.filter(name__iexact=name).first() or seed.make_stream(bot.realm, name)
    seed.subscribe(bot, stream)
    seed.subscribe(bot.bot_owner, stream)


def _directory(entry: Any) -> str:
    """The folder below zerver/webhooks that holds the integration's view and fixtures."""
    function = getattr(entry, "function", None)
    path = getattr(function, "dotted_path", function if isinstance(function, str) else "")
    if path.startswith("zerver.webhooks."):
        return path.split(".")[2]
    return getattr(entry, "dir_name", None) or entry.name


def _payload(directory: str, options: dict[str, Any]) -> tuple[str, bytes]:
    if options.get("body") is not None:
        return options.get("fixtureName") or "", base64.b64decode(options["body"])
    fixture = options.get("fixture") or ""
    if not fixture:
        return "", b""
    path = os.path.join(tree.root(), "zerver", "webhooks", directory, "fixtures", fixture)
    try:
        with open(path, "rb") as file:
            return fixture, file.read()
    except OSError:
        raise DeliveryError(f"zerver/webhooks/{directory}/fixtures has no file {fixture}") from None


def _headers(
    directory: str, fixture: str, bot: UserProfile, options: dict[str, Any]
) -> dict[str, str]:
    common = importlib.import_module("zerver.lib.webhooks.common")
    ask = getattr(common, "get_fixture_http_headers", None) or getattr(
        common, "call_fixture_to_headers", None
    )
    stem = os.path.splitext(fixture)[0]
    headers = dict(ask(directory, stem) or {}) if ask and stem else {}
    headers.update(options.get("headers") or {})
    if options.get("useBasicAuth"):
        credentials = base64.b64encode(f"{bot.email}:{bot.api_key}".encode()).decode()
        headers["Authorization"] = f"basic {credentials}"
    return common.standardize_headers(headers)


def _parameters(bot: UserProfile, stream: str | None, options: dict[str, Any]) -> dict[str, str]:
    parameters = {"api_key": bot.api_key}
    if stream is not None:
        parameters["stream"] = stream
    if options.get("topic"):
        parameters["topic"] = options["topic"]
    for option, name in (("onlyEvents", "only_events"), ("excludeEvents", "exclude_events")):
        if options.get(option):
            parameters[name] = json.dumps(options[option])
    return {**parameters, **(options.get("query") or {})}


@dataclass
class Post:
    """A POST to an integration; `headers` are named as in CGI."""

    url: str
    parameters: dict[str, str]
    body: bytes
    content_type: str
    headers: dict[str, str]


def compose(entry: Any, bot: UserProfile, stream: str | None, options: dict[str, Any]) -> Post:
    """The request that a bot of an integration gets for a payload. The keys are those of `deliver`."""
    directory = _directory(entry)
    fixture, body = _payload(directory, options)
    headers = _headers(directory, fixture, bot, options)
    parameters = _parameters(bot, stream, options)
    extension = os.path.splitext(fixture)[1].lower()
    content_type = "application/json"
    if options.get("payloadAsQueryParam"):
        # Connect's tool sends it in the URL only. It stays in the body too: the trees' own entries
        # ask for the parameter where a view has since moved to the body.
        parameters = {**parameters, options.get("payloadParamName") or "payload": body.decode("utf-8", "replace")}
    elif extension == ".xml":
        content_type = "application/xml"
    elif extension == ".multipart":
        boundary = body.split(b"\n", 1)[0].strip()[2:].decode("latin-1")
        content_type = f"multipart/form-data; boundary={boundary}"
        body = body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    elif body and extension not in (".json", ""):
        text = body.decode("utf-8", "replace").strip()
        form = parse_qsl(text)
        content_type = "application/x-www-form-urlencoded" if form else "text/plain"
        # As Connect's tool has it, what the URL says (such as the stream) counts and not the fixture, which a view would
        # read first.
        if any(name in parameters for name, _ in form):
            pairs = parse_qsl(text, keep_blank_values=True)
            body = urlencode([pair for pair in pairs if pair[0] not in parameters]).encode()
    content_type = headers.pop("CONTENT_TYPE", content_type)
    return Post(urls.url_of(entry.name) or "", parameters, body, content_type, headers)


def _send(post: Post) -> dict[str, Any]:
    from django.test import RequestFactory

    headers = {name: str(value) for name, value in post.headers.items()}
    sent = {"contentType": post.content_type, "headers": headers}
    address = f"/{post.url}?{urlencode(post.parameters)}"
    host = seed.realm().host
    response, error = perform(
        lambda: urls.dispatch(
            RequestFactory().generic(
                "POST", address, post.body, post.content_type, HTTP_HOST=host, **post.headers
            )
        )
    )
    if error is not None:
        return {"response": {"status": 500, "body": ""}, "error": error, "sent": sent}
    text = cut(response.content.decode("utf-8", "replace"), LONGEST_COMPARED)
    return {"response": {"status": response.status_code, "body": text}, "sent": sent}


def perform(send: Callable[[], Any]) -> tuple[Any, dict[str, Any] | None]:
    """Sends a request. Whatever the view raises is a result here: the second one, described."""
    try:
        return send(), None
    except (Exception, KeyboardInterrupt) as error:
        return None, describe(as_timeout(error))


def as_data(message: Message) -> dict[str, Any]:
    """A message as data. A text that is too long to be whole is marked."""
    content = str(message.content)
    data: dict[str, Any] = {"sender": message.sender.full_name, "content": cut(content, LONGEST_COMPARED)}
    if len(content) > LONGEST_COMPARED:
        data["cut"] = True
    if message.recipient.type == Recipient.STREAM:
        stream = Stream.objects.get(id=message.recipient.type_id)
        return {"type": "stream", "stream": stream.name, "topic": message.topic_name(), **data}
    receiver = UserProfile.objects.get(id=message.recipient.type_id)
    return {"type": "direct", "to": receiver.full_name, **data}
