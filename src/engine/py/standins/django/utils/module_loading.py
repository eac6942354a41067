"""Stand-in for django.utils.module_loading."""

import importlib
from typing import Any

from harness.placeholder import is_loading
from harness.urls import LazyView


def import_string(dotted_path: str) -> Any:
    """Imports `module.attribute`.

    While the registry loads, views are bound lazily, so that one broken view breaks its own
    integration and not every run.
    """
    module, _, attribute = dotted_path.rpartition(".")
    if is_loading("zerver.lib.integrations") and module.startswith("zerver.webhooks."):
        return LazyView(dotted_path)
    if not module:
        raise ImportError(f"{dotted_path} names no module")
    try:
        return getattr(importlib.import_module(module), attribute)
    except AttributeError as error:
        raise ImportError(f"{module} has no {attribute}", name=module) from error
