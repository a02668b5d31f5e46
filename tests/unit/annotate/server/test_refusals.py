"""What refusals mean: each ends in a message with a cure, and says whether anything may have been done."""

import json

import httpx
import pytest
from label_studio_sdk.core.api_error import ApiError

from builder.annotate.server.refusals import explained, refusal
from builder.core.errors import Refused, ServerError, Unanswered

URL = "http://ls.example/"


@pytest.mark.parametrize(
    ("status", "body", "kind", "said"),
    [
        (
            400,
            {"validation_errors": {"title": ["too long"]}, "detail": "Validation error"},
            Refused,
            "too long",
        ),
        (400, ["one", "two"], Refused, "two"),
        (401, {"detail": "Something new."}, Refused, "Something new. Put a token"),
        (403, {"detail": "No."}, Refused, "does not allow that: No"),
        (404, "<html>not here</html>", ServerError, "is no Label Studio"),
        (404, {"detail": "No Project matches"}, Refused, "No Project matches"),
        (409, {"detail": "there is one"}, Refused, "409: there is one"),
        (200, "<html>Hello</html>", ServerError, "not as Label Studio does"),
        (302, "", ServerError, "leads to elsewhere"),
        (500, "<html>oops</html>", Unanswered, "failed with 500. It may"),
        (502, b"\xff bad gateway", Unanswered, "failed with 502"),
    ],
)
def test_each_status_has_its_meaning(status: int, body: object, kind: type[ServerError], said: str) -> None:
    """A refusal is told from what may have been done, and the server's own words are kept."""
    error = refusal(status, body, URL)
    assert type(error) is kind
    assert said in str(error)
    assert URL in str(error)
    assert "<html>" not in str(error)


def test_a_long_answer_is_cut() -> None:
    """However much the server says, the message can be read."""
    assert len(str(refusal(400, {"detail": "x" * 10_000}, URL))) < 600


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectError("refused"), Unanswered),
        (httpx.ConnectTimeout(""), Unanswered),
        (httpx.ReadTimeout(""), Unanswered),
        (httpx.RemoteProtocolError("gone"), Unanswered),
        (ApiError(status_code=503, body=""), Unanswered),
        (ApiError(status_code=400, body={"detail": "no"}), Refused),
        (ApiError(body="no key"), ServerError),
        (json.JSONDecodeError("odd", "<", 0), ServerError),
    ],
)
def test_each_error_of_the_connection_has_its_meaning(error: Exception, kind: type[ServerError]) -> None:
    """Every error of the client becomes one that says what to do."""
    told = explained(error, URL)
    assert type(told) is kind
    assert str(told).startswith(URL)
    assert str(told).endswith((".", "builder studio up"))
