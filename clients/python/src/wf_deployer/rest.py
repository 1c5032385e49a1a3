"""Calls of the services' REST interfaces, with their problems as exceptions."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.parse
import urllib.request
from typing import IO, Any, Dict, Mapping, Optional, cast

from .errors import AccessError, DeployerError, NotFoundError, RejectedError, UnreachableError, Violation
from .settings import Settings

_TIMEOUT_SECONDS = 30.0

Json = Dict[str, Any]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to another place."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


def path_of(*segments: str) -> str:
    """A path of segments, each of which is escaped whole."""
    return "".join("/" + urllib.parse.quote(segment, safe="") for segment in segments)


class Rest:
    """One method per verb; a body and an answer are JSON objects."""

    def __init__(self, settings: Optional[Settings] = None) -> None:
        self._settings = settings or Settings()

    def get(self, service: str, path: str, query: Optional[Mapping[str, object]] = None) -> Json:
        """The answer to a GET."""
        return self._json(self._open(service, "GET", path, query))

    def find(self, service: str, path: str) -> Optional[Json]:
        """The answer to a GET, ``None`` if there is no such thing."""
        try:
            return self.get(service, path)
        except NotFoundError:
            return None

    def post(self, service: str, path: str, body: Json, headers: Optional[Mapping[str, str]] = None) -> Json:
        """The answer to a POST."""
        return self._json(self._open(service, "POST", path, body=body, headers=headers))

    def delete(self, service: str, path: str) -> Json:
        """The answer to a DELETE."""
        return self._json(self._open(service, "DELETE", path))

    def stream(
        self,
        service: str,
        path: str,
        query: Optional[Mapping[str, object]] = None,
        headers: Optional[Mapping[str, str]] = None,
        silence: Optional[float] = None,
    ) -> IO[bytes]:
        """An open answer to be read line by line, for as long as the service sends. Close it.

        :param silence: seconds without a byte after which reading it is a ``TimeoutError``; for ever if absent
        """
        return self._open(service, "GET", path, query, headers=headers, timeout=silence)

    def _open(
        self,
        service: str,
        method: str,
        path: str,
        query: Optional[Mapping[str, object]] = None,
        body: Optional[Json] = None,
        headers: Optional[Mapping[str, str]] = None,
        timeout: Optional[float] = _TIMEOUT_SECONDS,
    ) -> IO[bytes]:
        url = self._settings.url(service) + path
        if query:
            url += "?" + urllib.parse.urlencode({key: value for key, value in query.items() if value is not None})
        request = urllib.request.Request(url, method=method)
        request.add_header("Accept", "application/json, text/event-stream, text/plain, application/problem+json")
        token = self._settings.token()
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        if body is not None:
            request.data = json.dumps(body).encode("utf-8")
            request.add_header("Content-Type", "application/json")
        try:
            return cast(IO[bytes], _OPENER.open(request, timeout=timeout))
        except urllib.error.HTTPError as answer:
            with answer:
                raise _problem(service, answer.code, answer.read()) from None
        except (urllib.error.URLError, socket.timeout, ConnectionError) as failure:
            reason = getattr(failure, "reason", failure)
            raise UnreachableError(
                f"{service}-service does not answer at {self._settings.url(service)} ({reason}). "
                f"Is it running? WF_{service.upper()}_URL says where it is."
            ) from failure

    @staticmethod
    def _json(answer: IO[bytes]) -> Json:
        with answer:
            try:
                return cast(Json, json.loads(answer.read() or b"{}"))
            except ValueError as error:
                raise DeployerError(f"a service answered with what is not JSON: {error}") from error


def _problem(service: str, status: int, body: bytes) -> DeployerError:
    try:
        problem = json.loads(body)
    except ValueError:
        problem = {}
    if not isinstance(problem, dict):
        problem = {}
    violations = [
        Violation(str(found.get("field", "")), str(found.get("code", "")), str(found.get("message", "")))
        for found in problem.get("violations", [])
    ]
    message = "; ".join(f"{v.field}: {v.message}" if v.field else v.message for v in violations)
    message = message or problem.get("detail") or problem.get("title") or f"HTTP status {status}"
    if status in (401, 403):
        return AccessError(f"{message}. The token comes from WF_TOKEN, WF_TOKEN_FILE or ~/.config/wf/token.")
    if status == 404:
        return NotFoundError(message)
    if status in (400, 409, 413, 415, 422):
        return RejectedError(message, violations)
    return UnreachableError(f"{service}-service answered: {message}")
