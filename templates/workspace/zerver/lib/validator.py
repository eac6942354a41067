"""Checks for data that came from outside, and `WildValue`, the payload nobody has checked yet.

A validator is a function of a name and a value: it returns the value when it has the right type
and raises `ValidationError` with a message that names it when not. Validators combine:

    check_list(check_dict([("id", check_int), ("title", check_none_or(check_string))]))

A view gets its payload as a `WildValue`, walks it with `[...]`, and tames each leaf:

    title = payload["issue"]["title"].tame(check_string)
    assignee = payload["issue"].get("assignee").tame(check_none_or(check_string))
"""

from collections.abc import Collection, Container, Iterator, Sized
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar, cast

import orjson
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from pydantic import ValidationInfo, model_validator
from pydantic.functional_validators import ModelWrapValidatorHandler
from typing_extensions import override

from zerver.lib.exceptions import InvalidJSONError
from zerver.lib.types import Validator

ResultT = TypeVar("ResultT")


def _fail(template: str, **values: object) -> NoReturn:
    raise ValidationError(template.format(**values))


def check_anything(var_name: str, val: object) -> object:
    """Accept every value."""
    return val


def check_string(var_name: str, val: object) -> str:
    """Accept a string."""
    if not isinstance(val, str):
        _fail(_("{var_name} is not a string"), var_name=var_name)
    return val


def check_required_string(var_name: str, val: object) -> str:
    """Accept a string that is not blank."""
    text = check_string(var_name, val)
    if not text.strip():
        _fail(_("{var_name} cannot be blank."), var_name=var_name)
    return text


def check_string_in(possible_values: Container[str]) -> Validator[str]:
    """Accept one of these strings."""

    def check(var_name: str, val: object) -> str:
        text = check_string(var_name, val)
        if text not in possible_values:
            _fail(_("Invalid {var_name}"), var_name=var_name)
        return text

    return check


def check_capped_string(max_length: int) -> Validator[str]:
    """Accept a string of at most `max_length` characters."""

    def check(var_name: str, val: object) -> str:
        text = check_string(var_name, val)
        if len(text) > max_length:
            _fail(
                _("{var_name} is too long (limit: {max_length} characters)"),
                var_name=var_name,
                max_length=max_length,
            )
        return text

    return check


def check_string_fixed_length(length: int) -> Validator[str]:
    """Accept a string of exactly `length` characters."""

    def check(var_name: str, val: object) -> str:
        text = check_string(var_name, val)
        if len(text) != length:
            _fail(
                _("{var_name} has incorrect length {length}; should be {target_length}"),
                var_name=var_name,
                length=len(text),
                target_length=length,
            )
        return text

    return check


def check_int(var_name: str, val: object) -> int:
    """Accept a whole number. JSON's `true` passes, since Python counts booleans as numbers."""
    if not isinstance(val, int):
        _fail(_("{var_name} is not an integer"), var_name=var_name)
    return val


def check_int_in(possible_values: Container[int]) -> Validator[int]:
    """Accept one of these numbers."""

    def check(var_name: str, val: object) -> int:
        number = check_int(var_name, val)
        if number not in possible_values:
            _fail(_("Invalid {var_name}"), var_name=var_name)
        return number

    return check


def check_float(var_name: str, val: object) -> float:
    """Accept a number written with a decimal point; combine with `check_int` in `check_union`."""
    if not isinstance(val, float):
        _fail(_("{var_name} is not a float"), var_name=var_name)
    return val


def check_bool(var_name: str, val: object) -> bool:
    """Accept `true` or `false`."""
    if not isinstance(val, bool):
        _fail(_("{var_name} is not a boolean"), var_name=var_name)
    return val


def check_url(var_name: str, val: object) -> str:
    """Accept a complete URL, scheme and host included."""
    text = check_string(var_name, val)
    try:
        URLValidator()(text)
    except ValidationError:
        _fail(_("{var_name} is not a URL"), var_name=var_name)
    return text


def check_string_or_int(var_name: str, val: object) -> str | int:
    """Accept a string or a whole number: what some services use for IDs."""
    if not isinstance(val, str | int):
        _fail(_("{var_name} is not a string or integer"), var_name=var_name)
    return val


def check_none_or(sub_validator: Validator[ResultT]) -> Validator[ResultT | None]:
    """Accept `null` (or, by way of `WildValue.get`, an absent key), or what the validator does."""

    def check(var_name: str, val: object) -> ResultT | None:
        return None if val is None else sub_validator(var_name, val)

    return check


def check_list(
    sub_validator: Validator[ResultT], length: int | None = None
) -> Validator[list[ResultT]]:
    """Accept a list whose items the validator accepts, optionally of an exact length."""

    def check(var_name: str, val: object) -> list[ResultT]:
        if not isinstance(val, list):
            _fail(_("{var_name} is not a list"), var_name=var_name)
        if length is not None and len(val) != length:
            _fail(
                _("{var_name} should have exactly {length} items"),
                var_name=var_name,
                length=length,
            )
        return [sub_validator(f"{var_name}[{index}]", item) for index, item in enumerate(val)]

    return check


def check_dict(
    required_keys: Collection[tuple[str, Validator[Any]]] = (),
    optional_keys: Collection[tuple[str, Validator[Any]]] = (),
    *,
    value_validator: Validator[Any] | None = None,
) -> Validator[dict[str, Any]]:
    """Accept an object: keys that must be there, keys that may, and a check for every value."""

    def check(var_name: str, val: object) -> dict[str, Any]:
        if not isinstance(val, dict):
            _fail(_("{var_name} is not a dict"), var_name=var_name)
        for key in val:
            check_string(f"{var_name} key", key)
        for key, sub_validator in required_keys:
            if key not in val:
                _fail(_("{key} key is missing from {var_name}"), key=key, var_name=var_name)
            sub_validator(f'{var_name}["{key}"]', val[key])
        for key, sub_validator in optional_keys:
            if key in val:
                sub_validator(f'{var_name}["{key}"]', val[key])
        if value_validator is not None:
            for value in val.values():
                value_validator(f"{var_name} contains a value that", value)
        return cast(dict[str, Any], val)

    return check


def check_dict_only(
    required_keys: Collection[tuple[str, Validator[Any]]],
    optional_keys: Collection[tuple[str, Validator[Any]]] = (),
) -> Validator[dict[str, Any]]:
    """Like `check_dict`, and refuse every key that is not named."""
    known = {key for key, _validator in (*required_keys, *optional_keys)}
    check_known = check_dict(required_keys, optional_keys)

    def check(var_name: str, val: object) -> dict[str, Any]:
        valid = check_known(var_name, val)
        unknown = [key for key in valid if key not in known]
        if unknown:
            _fail(_("Unexpected arguments: {keys}"), keys=", ".join(unknown))
        return valid

    return check


def check_union(allowed_type_funcs: Collection[Validator[ResultT]]) -> Validator[ResultT]:
    """Accept what any of these validators accepts: `check_union([check_int, check_float])`."""

    def check(var_name: str, val: object) -> ResultT:
        for validator in allowed_type_funcs:
            try:
                return validator(var_name, val)
            except ValidationError:
                continue
        _fail(_("{var_name} is not an allowed_type"), var_name=var_name)

    return check


@dataclass(eq=False)
class WildValue:
    """A part of a payload that nobody has checked yet, with the path that leads to it.

    It behaves like the JSON value as far as walking goes: `value["key"]`, `value[0]`, `in`,
    iteration, `len`, truth, comparison with `==`, and `get`, `keys`, `values`, `items`. What
    walking returns is wild again; `tame` checks a value and returns it as plain Python.
    Asking for what is not there raises `ValidationError` with the path, such as
    `request['issue']['title'] is missing`.
    """

    var_name: str
    value: object

    @model_validator(mode="wrap")
    @classmethod
    def to_wild_value(
        cls,
        value: object,
        handler: ModelWrapValidatorHandler["WildValue"],
        info: ValidationInfo,
    ) -> "WildValue":
        """Let `JsonBodyPayload[WildValue]` accept any JSON: the view checks it, not the type."""
        return wrap_wild_value("request", value)

    def tame(self, validator: Validator[ResultT]) -> ResultT:
        """The plain value, after the validator accepted it."""
        return validator(self.var_name, self.value)

    def __bool__(self) -> bool:
        return bool(self.value)

    @override
    def __eq__(self, other: object) -> bool:
        return self.value == (other.value if isinstance(other, WildValue) else other)

    # Like the dict or list inside, a wild value cannot be a key.
    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        if not isinstance(self.value, dict | list | str):
            _fail(_("{var_name} does not have a length"), var_name=self.var_name)
        return len(cast(Sized, self.value))

    @override
    def __str__(self) -> NoReturn:
        # Otherwise an f-string would quietly put unchecked data into a message.
        raise TypeError("a WildValue is not text yet; use .tame(check_string)")

    def __contains__(self, key: str) -> bool:
        return key in self._dict()

    def __iter__(self) -> Iterator["WildValue"]:
        for index, item in enumerate(self._list()):
            yield self._child(index, item)

    def __getitem__(self, key: int | str) -> "WildValue":
        container: Any = self._list() if isinstance(key, int) else self._dict()
        try:
            item = container[key]
        except (KeyError, IndexError):
            _fail(_("{var_name} is missing"), var_name=f"{self.var_name}[{key!r}]")
        return self._child(key, item)

    def get(self, key: str, default: object = None) -> "WildValue":
        """The value of a key, or `default`; `.get("x").tame(check_none_or(...))` reads well."""
        item = self._dict().get(key, default)
        return item if isinstance(item, WildValue) else self._child(key, item)

    def keys(self) -> Iterator[str]:
        """The keys of an object."""
        yield from self._dict()

    def values(self) -> Iterator["WildValue"]:
        """The values of an object, wild."""
        for _key, value in self.items():
            yield value

    def items(self) -> Iterator[tuple[str, "WildValue"]]:
        """The keys of an object with their values, wild."""
        for key, value in self._dict().items():
            yield key, self._child(key, value)

    def _child(self, key: int | str, value: object) -> "WildValue":
        return wrap_wild_value(f"{self.var_name}[{key!r}]", value)

    def _dict(self) -> dict[str, object]:
        if not isinstance(self.value, dict):
            _fail(_("{var_name} is not a dict"), var_name=self.var_name)
        return self.value

    def _list(self) -> list[object]:
        if not isinstance(self.value, list):
            _fail(_("{var_name} is not a list"), var_name=self.var_name)
        return self.value


def wrap_wild_value(var_name: str, value: object) -> WildValue:
    """Make a wild value of something that is parsed already."""
    return WildValue(var_name, value)


def to_wild_value(var_name: str, input: str) -> WildValue:
    """Parse JSON that sits inside a form field or another string.

    Raises `InvalidJSONError` when it is not JSON.
    """
    try:
        return wrap_wild_value(var_name, orjson.loads(input))
    except orjson.JSONDecodeError:
        raise InvalidJSONError(_("Malformed JSON"))
