"""Where each imported module comes from.

In this order: the in-memory models, a stand-in of ours, the checkout's own file in `zerver`, and
last a placeholder: for the server's other apps and for packages that Connect is known to use.
Any other name raises the usual ModuleNotFoundError that names the package.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
import types
from collections.abc import Sequence
from typing import Any

from . import urls
from .lazy import LazyLoader
from .patches import lifted
from .placeholder import Placeholder, PlaceholderModule, loading
from .registry import RegistryLoader

# Import names of packages that a Connect server has installed and that have no stand-in here.
KNOWN_PACKAGES = frozenset(
    """
    ahocorasick aioapns argon2 babel backoff bitfield bleach boto3 botocore bmemcached bs4
    cachetools cairosvg chardet charset_normalizer cffi circuitbreaker css_inline
    cryptography dateutil defusedxml disposable_email_domains django django_auth_ldap
    django_bmemcached django_cte django_otp django_scim django_sendfile django_stubs_ext
    email_validator fakeldap firebase_admin gcm google google_re2 h2 hyper hyperframe idna iso8601
    jinja2 jose jsonref jsonschema jwt ldap libcst lxml lxml_html_clean markdown markdown_include
    markupsafe matrix_client mock moto multidict mypy_boto3_s3 mypy_boto3_ses mypy_boto3_sns
    mypy_boto3_sqs nacl oauthlib onelogin openapi_core openapi_spec_validator orjson PIL pika
    polib prometheus_client psycopg2 pygments pylibmc pymongo pytz pyuca pyvips pydantic
    pydantic_core pyoembed qrcode redis regex requests requests_file requests_oauthlib responses
    returns scim2_filter_parser sentry_sdk simplegeneric smmap social_core social_django
    sourcemap sqlalchemy stripe talon talon_core tblib tcpdf time_machine tlds tornado twilio
    twitter two_factor typing_extensions unidecode urllib3 user_agents uhashring uvloop virtualenv
    werkzeug xmlsec yaml zulip zulip_bots zxcvbn
    """.split()
)


class _PlaceholderLoader(importlib.abc.Loader):
    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return PlaceholderModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to execute."""


class _SourceLoader(importlib.machinery.SourceFileLoader):
    """A plain module; marks that it is loading, so placeholders know."""

    def get_code(self, fullname: str) -> types.CodeType:
        # There is no bytecode to look for, and looking is slow in the file system of the embedded Python.
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)

    def exec_module(self, module: types.ModuleType) -> None:
        with lifted(), loading(module.__name__):
            super().exec_module(module)


class _StandinLoader(_SourceLoader):
    """A stand-in: the names that it leaves out are placeholders."""

    def exec_module(self, module: types.ModuleType) -> None:
        super().exec_module(module)
        if "__getattr__" not in vars(module):
            module.__getattr__ = lambda name: _missing_name(module.__name__, name)  # type: ignore[method-assign]


def _missing_name(module: str, name: str) -> Placeholder:
    # `from package import submodule` asks for the name first and imports on AttributeError.
    if name.startswith("__") or importlib.util.find_spec(f"{module}.{name}") is not None:
        raise AttributeError(f"module {module!r} has no attribute {name!r}")
    return Placeholder(f"{module}.{name}")


class ModelsLoader(importlib.abc.Loader):
    """`zerver.models` and all its submodules are one namespace."""

    def __init__(self, build: Any) -> None:
        self.build = build

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return self.build(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """The namespace is built already."""


class Finder(importlib.abc.MetaPathFinder):
    """Finds stand-ins, the models and the checkout's modules; first in `sys.meta_path`."""

    def __init__(self, root: str, standins: str, build_models: Any) -> None:
        self.root = root
        self.standins = standins
        self.models = ModelsLoader(build_models)
        self.standin_packages = {entry.removesuffix(".py") for entry in os.listdir(standins)}
        self.tolerated: set[str] = set()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        top = fullname.partition(".")[0]
        if fullname == "zerver.models" or fullname.startswith("zerver.models."):
            return importlib.machinery.ModuleSpec(fullname, self.models, is_package=True)
        if top in self.standin_packages:
            return self._locate(self.standins, fullname, _StandinLoader) or placeholder_spec(
                fullname
            )
        if top == "zerver":
            return self._locate(self.root, fullname, self._checkout_loader)
        return self._find_other(fullname, top)

    def _find_other(self, fullname: str, top: str) -> importlib.machinery.ModuleSpec | None:
        """What else is at the root of a checkout: modules, and the server's other apps."""
        if top in sys.stdlib_module_names:
            return None
        if os.path.isfile(os.path.join(self.root, top + ".py")):
            return self._locate(self.root, fullname, self._checkout_loader)
        is_folder = os.path.isdir(os.path.join(self.root, top))
        return placeholder_spec(fullname) if is_folder else None

    def tolerate(self, package: str) -> None:
        """Lets `package` be a placeholder: the checkout's own library imports it."""
        self.tolerated.add(package)

    def _checkout_loader(self, fullname: str, path: str) -> importlib.abc.Loader:
        if fullname.startswith("zerver.webhooks."):
            return _SourceLoader(fullname, path)
        if fullname == urls.REGISTRY:
            return RegistryLoader(path, self.tolerate)
        return LazyLoader(path, self.tolerate)

    def _locate(
        self, base: str, fullname: str, loader: Any
    ) -> importlib.machinery.ModuleSpec | None:
        location = os.path.join(base, *fullname.split("."))
        if os.path.isdir(location):
            init = os.path.join(location, "__init__.py")
            if os.path.isfile(init):
                return importlib.util.spec_from_file_location(
                    fullname,
                    init,
                    loader=loader(fullname, init),
                    submodule_search_locations=[location],
                )
            spec = importlib.machinery.ModuleSpec(fullname, None, is_package=True)
            spec.submodule_search_locations = [location]
            return spec
        if os.path.isfile(location + ".py"):
            path = location + ".py"
            return importlib.util.spec_from_file_location(
                fullname, path, loader=loader(fullname, path)
            )
        return None


class FallbackFinder(importlib.abc.MetaPathFinder):
    """Last in `sys.meta_path`: placeholders for known packages that nothing else provides."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        top = fullname.partition(".")[0]
        parent = sys.modules.get(fullname.rpartition(".")[0])
        if isinstance(parent, PlaceholderModule):
            return placeholder_spec(fullname)
        if "." in fullname:
            return None
        known = top in KNOWN_PACKAGES
        return placeholder_spec(fullname) if known or top in self.finder.tolerated else None


def placeholder_spec(fullname: str) -> importlib.machinery.ModuleSpec:
    """The spec of a module of which only the name is known."""
    return importlib.machinery.ModuleSpec(fullname, _PlaceholderLoader(), is_package=True)
