"""Tests of what views see of requests that no service means to send, run by the engine as an integration's own.

Every expected value is what the package itself gave: Django 4.2.28, orjson 3.10.7 and pydantic 2.10.6.
"""

import copy
import enum
import unittest
from typing import Annotated, Any, Literal

import orjson
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpResponse, JsonResponse, QueryDict, RawPostDataException
from django.http.multipartparser import MultiPartParserError
from django.test import Client, RequestFactory, override_settings
from django.test.client import BOUNDARY, encode_multipart
from pydantic import AfterValidator, Field, Json, StringConstraints, TypeAdapter, ValidationError

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=xyz"


def post(body: bytes, content_type: str, **extra: Any) -> Any:
    """A request with a body as it is."""
    return RequestFactory().generic("POST", "/x", body, content_type=content_type, **extra)


def parts(*contents: bytes, end: bytes = b"--xyz--\r\n") -> bytes:
    """A multipart body; each part is what follows `Content-Disposition: form-data; name=`."""
    head = b"--xyz\r\nContent-Disposition: form-data; name="
    return b"".join(head + content + b"\r\n" for content in contents) + end


class BodyTests(unittest.TestCase):
    def test_a_form_in_parts_leaves_no_body(self) -> None:
        request = post(parts(b'"a"\r\n\r\n1'), MULTIPART)
        self.assertEqual(request.POST["a"], "1")
        with self.assertRaisesRegex(RawPostDataException, "You cannot access body after reading"):
            request.body  # noqa: B018
        other = post(parts(b'"a"\r\n\r\n1'), MULTIPART)
        self.assertEqual((other.body[:5], other.POST["a"]), (b"--xyz", "1"))

    def test_a_url_encoded_form_leaves_its_body(self) -> None:
        request = post(b"a=1", FORM)
        self.assertEqual((request.POST["a"], request.body), ("1", b"a=1"))

    def test_a_stream_is_read_once(self) -> None:
        request = post(b"one\ntwo", "text/plain")
        self.assertEqual((request.readline(), request.read()), (b"one\n", b"two"))
        with self.assertRaises(RawPostDataException):
            request.body  # noqa: B018

    def test_limits(self) -> None:
        fields = b"&".join([b"a=1"] * 1001)
        with self.assertRaises(TooManyFieldsSent):
            post(fields, FORM).POST  # noqa: B018
        with self.assertRaises(TooManyFieldsSent):
            QueryDict(fields)
        with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=3), self.assertRaises(RequestDataTooBig):
            post(b"four", "text/plain").body  # noqa: B018

    def test_parts(self) -> None:
        request = post(
            parts(
                b"a\r\n\r\nplain",
                b'"a"\r\n\r\nline\r\n',
                b'"b"\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=',
                b'"c"; filename=""\r\n\r\nno file',
                b'"f"; filename="C:\\dir\\x.txt"\r\nContent-Type: text/plain\r\n\r\nfile',
            ),
            MULTIPART,
        )
        self.assertEqual(
            dict(request.POST.lists()),
            {"a": ["plain", "line\r\n"], "b": ["hello"], "c": ["no file"]},
        )
        file = request.FILES["f"]
        self.assertEqual(
            (file.name, file.size, file.content_type, file.read()), ("x.txt", 4, "text/plain", b"file")
        )

    def test_parts_that_end_early(self) -> None:
        body = parts(b'"a"\r\n\r\n1', b'"f"; filename="x"\r\n\r\n2', end=b"")
        request = post(body, MULTIPART)
        self.assertEqual((dict(request.POST), dict(request.FILES)), ({"a": ["1"]}, {}))

    def test_boundaries(self) -> None:
        for content_type, message in (
            ("multipart/form-data", "Invalid boundary in multipart: None"),
            ("multipart/form-data; boundary=", "Invalid boundary in multipart: "),
            ("Multipart/Form-Data; boundary=x", "Invalid Content-Type: Multipart/Form-Data; boundary=x"),
        ):
            with self.assertRaises(MultiPartParserError) as caught:
                post(b"x", content_type).POST  # noqa: B018
            self.assertEqual(str(caught.exception), message)

    def test_what_django_answers_itself(self) -> None:
        url = "/api/v1/external/wire"
        response = Client().generic("POST", url, b"x", content_type="multipart/form-data")
        self.assertEqual(response.status_code, 400)
        response = Client().generic("POST", url, b"&".join([b"a=1"] * 1001), content_type=FORM)
        self.assertEqual(response.status_code, 400)

    def test_content_types(self) -> None:
        for stated, expected in (
            ("APPLICATION/JSON", ("application/json", {}, None)),
            ("a/b; Charset=Latin-1", ("a/b", {"charset": "Latin-1"}, "Latin-1")),
            ("a/b; charset=nope", ("a/b", {"charset": "nope"}, None)),
            ('a/b; x="1;2"; y=3', ("a/b", {"x": "1;2", "y": "3"}, None)),
            ("a/b; x*=utf-8''%e2%98%83", ("a/b", {"x": "☃"}, None)),
        ):
            request = post(b"x", stated)
            found = (request.content_type, request.content_params, request.encoding)
            self.assertEqual(found, expected, stated)

    def test_a_charset_counts_for_the_url_too(self) -> None:
        request = post(b"x", "a/b; charset=latin-1", QUERY_STRING="a=%E2%98%83")
        self.assertEqual(request.GET["a"], "â\x98\x83")
        utf16 = post(b"x", "a/b; charset=utf-16", QUERY_STRING="a=12")
        self.assertNotIn("a", utf16.GET)
        with self.assertRaises(LookupError):
            post(b"x", "a/b; charset=rot13", QUERY_STRING="a=1").GET  # noqa: B018


class DictTests(unittest.TestCase):
    def test_query_dict(self) -> None:
        query = QueryDict("a=1&a=2&b=%ff;c&d+e=&=f", encoding="utf-8")
        self.assertEqual(
            dict(query.lists()), {"a": ["1", "2"], "b": ["\ufffd;c"], "d e": [""], "": ["f"]}
        )
        self.assertEqual(QueryDict(b"a=\xff")["a"], "\xff")
        self.assertEqual(QueryDict("a=é", encoding="latin-1").urlencode(), "a=%E9")
        self.assertEqual(repr(query)[:12], "<QueryDict: ")

    def test_changes(self) -> None:
        for change in (lambda q: q.pop("a"), lambda q: q.setdefault("z", "1"), lambda q: q.clear()):
            with self.assertRaisesRegex(AttributeError, "This QueryDict instance is immutable"):
                change(QueryDict("a=1"))
        query = copy.copy(QueryDict("a=1"))
        query.update(QueryDict("a=2&a=3"))
        query["b"] = b"\xc3\xa9"
        self.assertEqual(dict(query.lists()), {"a": ["1", "2", "3"], "b": ["é"]})
        query.setlist("a", [])
        self.assertEqual((query["a"], query.get("a"), query.get("a", 5)), ([], None, 5))


class ResponseTests(unittest.TestCase):
    def test_responses(self) -> None:
        self.assertEqual(HttpResponse("é", content_type="a/b; charset=latin-1").content, b"\xe9")
        with self.assertRaisesRegex(ValueError, "must be an integer from 100 to 599"):
            HttpResponse(status=600)
        response = HttpResponse()
        response["X"] = "☃"
        self.assertEqual(response["x"], "=?utf-8?b?4piD?=")
        with self.assertRaisesRegex(TypeError, "set the safe parameter to False"):
            JsonResponse([])

    def test_forms_that_tests_send(self) -> None:
        self.assertEqual(
            encode_multipart(BOUNDARY, {"a": [1, "b"]}),
            b"--BoUnDaRyStRiNg\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n"
            b"--BoUnDaRyStRiNg\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n"
            b"--BoUnDaRyStRiNg--\r\n",
        )
        with self.assertRaisesRegex(TypeError, "Cannot encode None for key 'a' in a query string"):
            RequestFactory().get("/x", {"a": None})


class JsonTests(unittest.TestCase):
    def test_numbers(self) -> None:
        for text, expected in (
            ("18446744073709551615", 18446744073709551615),
            ("18446744073709551616", 1.8446744073709552e19),
            ("-9223372036854775809", -9.223372036854776e18),
        ):
            found = orjson.loads(text)
            self.assertEqual((found, type(found)), (expected, type(expected)))
        for bad in ("1e400", "[-1e400]", "9" * 400):
            with self.assertRaisesRegex(orjson.JSONDecodeError, "number is infinity"):
                orjson.loads(bad)
        for large in (1 << 64, -(1 << 63) - 1):
            with self.assertRaisesRegex(TypeError, "Integer exceeds 64-bit range"):
                orjson.dumps({"a": large})
        self.assertEqual(orjson.dumps([1e22, 1e-7, 1.5, float("nan")]), b"[1e22,1e-7,1.5,null]")

    def test_depth(self) -> None:
        # Python's own parser may go less deep than orjson's, but never deeper.
        self.assertEqual(orjson.loads("[" * 200 + "]" * 200)[0][0][0][0][0][0] is not None, True)
        with self.assertRaises(orjson.JSONDecodeError):
            orjson.loads("[" * 1025 + "]" * 1025)
        with self.assertRaisesRegex(TypeError, "Recursion limit reached"):
            cycle: list[Any] = []
            cycle.append(cycle)
            orjson.dumps(cycle)
        TypeAdapter(Json[Any]).validate_python("[" * 201 + "]" * 201)
        with self.assertRaises(ValidationError):
            TypeAdapter(Json[Any]).validate_python("[" * 202 + "]" * 202)

    def test_keys_and_errors(self) -> None:
        class Name(str):
            pass

        with self.assertRaisesRegex(TypeError, "Dict key must be str"):
            orjson.dumps({Name("a"): 1})
        self.assertIs(orjson.JSONEncodeError, TypeError)
        for text, message in (
            ("", "Input is a zero-length, empty document"),
            (" ", "input data is empty"),
            ("[1", "unexpected end of data"),
            ('{"a": "b', "unexpected end of data"),
            ("1 x", "unexpected content after document"),
            ("[x]", "unexpected character"),
        ):
            with self.assertRaises(orjson.JSONDecodeError) as caught:
                orjson.loads(text)
            self.assertEqual(caught.exception.msg, message)
        with self.assertRaises(orjson.JSONDecodeError) as caught:
            orjson.loads('{"a": "b')
        self.assertEqual(caught.exception.colno, 9)


class Color(enum.Enum):
    RED = "red"


def positive(value: int) -> int:
    """A validator."""
    if value < 0:
        raise ValueError("negative")
    return value


class ValidationTests(unittest.TestCase):
    def places(self, annotation: Any, value: Any) -> list[tuple[str, tuple[Any, ...]]]:
        """What is wrong with a value, and where."""
        with self.assertRaises(ValidationError) as caught:
            TypeAdapter(annotation).validate_python(value, strict=True)
        return [(error["type"], error["loc"]) for error in caught.exception.errors()]

    def test_unions_name_their_types(self) -> None:
        both = [("int_type", ("int",)), ("string_type", ("str",))]
        self.assertEqual(self.places(int | str, None), both)
        self.assertEqual(self.places(str | int, None), both[::-1])
        self.assertEqual(
            self.places(Json[int | list[int]], '["x"]'),
            [("int_type", ("int",)), ("int_type", ("list[int]", 0))],
        )
        self.assertEqual(self.places(int | None, "x"), [("int_type", ())])

    def test_strict_python_and_strict_json(self) -> None:
        for annotation, text, kind in (
            (tuple[int, str], '[1, "a"]', "tuple_type"),
            (set[int], "[1]", "set_type"),
            (Color, '"red"', "is_instance_of"),
        ):
            value = orjson.loads(text)
            self.assertEqual(self.places(annotation, value), [(kind, ())])
            TypeAdapter(Json[annotation]).validate_python(text, strict=True)
        self.assertEqual(self.places(dict[int, str], {"a": "b"}), [("int_type", ("a", "[key]"))])
        self.assertEqual(self.places(Json[tuple[int, str]], "[1]"), [("missing", (1,))])

    def test_messages(self) -> None:
        for annotation, value, message in (
            (Literal["a", "b"], "c", "Input should be 'a' or 'b'"),
            (Annotated[int, Field(ge=2)], 1, "Input should be greater than or equal to 2"),
            (Annotated[int, AfterValidator(positive)], -1, "Value error, negative"),
            (
                Annotated[str, StringConstraints(min_length=1)],
                "",
                "String should have at least 1 character",
            ),
        ):
            with self.assertRaises(ValidationError) as caught:
                TypeAdapter(annotation).validate_python(value, strict=True)
            self.assertEqual(caught.exception.errors()[0]["msg"], message)
