"""The registry: every integration, with what differs from the defaults.

An entry makes the URL `api/v1/external/<name>` and, by the same name, everything else:

* `zerver/webhooks/<name>/view.py` with the function `api_<name>_webhook`,
* `zerver/webhooks/<name>/doc.md`,
* `static/images/integrations/logos/<name>.svg`,
* `static/images/integrations/bot_avatars/<name>.png`,
* `static/images/integrations/<name>/001.png`, drawn from the fixture in `DOC_SCREENSHOT_CONFIG`.

Keep `WEBHOOK_INTEGRATIONS` and `DOC_SCREENSHOT_CONFIG` in alphabetical order.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django_stubs_ext import StrPromise

from zerver.lib.webhooks.common import WebhookConfigOption

STATIC_ROOT = Path(__file__).parents[2] / "static"

# Categories that do not name a type of tool.
META_CATEGORY: dict[str, StrPromise] = {
    "meta-integration": gettext_lazy("Integration frameworks"),
    "bots": gettext_lazy("Interactive bots"),
}

CATEGORIES: dict[str, StrPromise] = {
    **META_CATEGORY,
    "continuous-integration": gettext_lazy("Continuous integration"),
    "customer-support": gettext_lazy("Customer support"),
    "deployment": gettext_lazy("Deployment"),
    "entertainment": gettext_lazy("Entertainment"),
    "communication": gettext_lazy("Communication"),
    "financial": gettext_lazy("Financial"),
    "hr": gettext_lazy("Human resources"),
    "marketing": gettext_lazy("Marketing"),
    "misc": gettext_lazy("Miscellaneous"),
    "monitoring": gettext_lazy("Monitoring"),
    "project-management": gettext_lazy("Project management"),
    "productivity": gettext_lazy("Productivity"),
    "version-control": gettext_lazy("Version control"),
}


class Integration:
    """What every kind of integration has."""

    DEFAULT_LOGO_STATIC_PATH_PNG = "images/integrations/logos/{name}.png"
    DEFAULT_LOGO_STATIC_PATH_SVG = "images/integrations/logos/{name}.svg"
    DEFAULT_BOT_AVATAR_PATH = "images/integrations/bot_avatars/{name}.png"
    DEFAULT_DOC_PATH = "zerver/integrations/{name}.md"

    def __init__(
        self,
        name: str,
        categories: list[str],
        client_name: str | None = None,
        logo: str | None = None,
        secondary_line_text: str | None = None,
        display_name: str | None = None,
        doc: str | None = None,
        stream_name: str | None = None,
        legacy: bool = False,
        config_options: Sequence[WebhookConfigOption] = [],
    ) -> None:
        """
        name: lower case, a valid Python name.
        categories: keys of `CATEGORIES`.
        client_name: how Connect knows the client that sends the messages.
        logo: path below `static/`, for a logo that is not called after the integration.
        secondary_line_text: a second line below the name in the list of integrations.
        display_name: the name people see; by default the name with a capital first letter.
        doc: path of the documentation.
        stream_name: the channel the documentation proposes; by default the name.
        legacy: no longer shown in the list of integrations.
        config_options: settings of the URL, such as branches to notify about.
        """
        unknown = [category for category in categories if category not in CATEGORIES]
        if unknown:
            raise KeyError(f"{name}: no such category: {', '.join(unknown)}")

        self.name = name
        self.categories = [CATEGORIES[category] for category in categories]
        self.client_name = name if client_name is None else client_name
        self.secondary_line_text = secondary_line_text
        self.display_name = name.title() if display_name is None else display_name
        self.doc = self.DEFAULT_DOC_PATH.format(name=name) if doc is None else doc
        self.stream_name = name if stream_name is None else stream_name
        self.legacy = legacy
        self.config_options = config_options
        self.logo_path = self.get_logo_path() if logo is None else logo

    def is_enabled(self) -> bool:
        """Whether the integration can be used on this server."""
        return True

    def get_logo_path(self) -> str | None:
        """The logo's path below `static/`: the SVG file if there is one, else the PNG file."""
        for template in (self.DEFAULT_LOGO_STATIC_PATH_SVG, self.DEFAULT_LOGO_STATIC_PATH_PNG):
            logo = template.format(name=self.name)
            if (STATIC_ROOT / logo).is_file():
                return logo
        return None

    def get_bot_avatar_path(self) -> str | None:
        """The avatar's path below `static/`; it is called after the logo."""
        if self.logo_path is None:
            return None
        return self.DEFAULT_BOT_AVATAR_PATH.format(name=Path(self.logo_path).stem)


class WebhookIntegration(Integration):
    """An integration that a service drives by sending requests."""

    DEFAULT_FUNCTION_PATH = "zerver.webhooks.{name}.view.api_{name}_webhook"
    DEFAULT_URL = "api/v1/external/{name}"
    DEFAULT_CLIENT_NAME = "Zulip{name}Webhook"
    DEFAULT_DOC_PATH = "{name}/doc.md"

    def __init__(
        self,
        name: str,
        categories: list[str],
        client_name: str | None = None,
        logo: str | None = None,
        secondary_line_text: str | None = None,
        function: str | None = None,
        url: str | None = None,
        display_name: str | None = None,
        doc: str | None = None,
        stream_name: str | None = None,
        legacy: bool = False,
        config_options: Sequence[WebhookConfigOption] = [],
        dir_name: str | None = None,
    ) -> None:
        """
        Besides the parameters of every integration:

        function: dotted path of the view.
        url: path of the URL.
        dir_name: folder in `zerver/webhooks`, for an integration that lives in another's.
        """
        if client_name is None:
            client_name = self.DEFAULT_CLIENT_NAME.format(name=name.title())
        super().__init__(
            name,
            categories,
            client_name=client_name,
            logo=logo,
            secondary_line_text=secondary_line_text,
            display_name=display_name,
            doc=doc,
            stream_name=stream_name,
            legacy=legacy,
            config_options=config_options,
        )
        self.function_name = (
            self.DEFAULT_FUNCTION_PATH.format(name=name) if function is None else function
        )
        self.url = self.DEFAULT_URL.format(name=name) if url is None else url
        self.dir_name = name if dir_name is None else dir_name

    def get_function(self) -> Callable[[HttpRequest], HttpResponseBase]:
        """The view. It is imported on first use, so that one broken view breaks no other."""
        return import_string(self.function_name)

    @csrf_exempt
    def view(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        return self.get_function()(request)

    @property
    def url_object(self) -> URLPattern:
        """The route from the URL to the view."""
        return path(self.url, self.view)


@dataclass
class ScreenshotConfig:
    """A picture in the documentation: which fixture it shows, and how the request is made.

    fixture_name: a file in the integration's `fixtures` folder.
    image_name, image_dir: where the picture goes below `static/images/integrations`; the folder
        is the integration's name by default.
    bot_name: the name of the bot in the picture; by default the display name and "Bot".
    payload_as_query_param, payload_param_name: the payload is a parameter and not the body.
    extra_params: more parameters of the URL.
    use_basic_auth: the view uses `authenticated_rest_api_view`.
    custom_headers: headers besides those of `fixture_to_headers`.
    """

    fixture_name: str
    image_name: str = "001.png"
    image_dir: str | None = None
    bot_name: str | None = None
    payload_as_query_param: bool = False
    payload_param_name: str = "payload"
    extra_params: dict[str, str] = field(default_factory=dict)
    use_basic_auth: bool = False
    custom_headers: dict[str, str] = field(default_factory=dict)


def get_fixture_and_image_paths(
    integration: WebhookIntegration, screenshot_config: ScreenshotConfig
) -> tuple[str, str]:
    """The fixture a picture is drawn from, and the picture; paths from the root of the tree."""
    image_dir = screenshot_config.image_dir or integration.name
    return (
        os.path.join(
            "zerver/webhooks", integration.dir_name, "fixtures", screenshot_config.fixture_name
        ),
        os.path.join("static/images/integrations", image_dir, screenshot_config.image_name),
    )


WEBHOOK_INTEGRATIONS: list[WebhookIntegration] = [
    WebhookIntegration("harbourline", ["deployment"], stream_name="deployments"),
]

INTEGRATIONS: dict[str, Integration] = {
    integration.name: integration for integration in WEBHOOK_INTEGRATIONS
}

DOC_SCREENSHOT_CONFIG: dict[str, list[ScreenshotConfig]] = {
    "harbourline": [ScreenshotConfig("deployment_finished__failed.json")],
}
