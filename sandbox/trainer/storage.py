"""Uploads to and reads from Google Cloud Storage over its JSON API, to an emulator's address without credentials."""

import base64
import hashlib
import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request

ATTEMPTS = 4
FIRST_PAUSE_SECONDS = 0.25
TIMEOUT_SECONDS = 30
CONTENT_TYPE = "application/octet-stream"
_BOUNDARY = "wrinklefree-checkpoint-part"
_RETRYABLE = (408, 429)


class UploadError(Exception):
    """An object could not be stored or read."""


class Bucket:
    """A bucket that objects are written to. An upload that fails for a passing reason is tried again, then fails."""

    def __init__(self, host, name, log):
        root = host if "://" in host else "http://" + host
        bucket = urllib.parse.quote(name, safe="")
        self._url = f"{root.rstrip('/')}/upload/storage/v1/b/{bucket}/o"
        self._objects = f"{root.rstrip('/')}/storage/v1/b/{bucket}/o"
        self._log = log
        # A proxy of the environment has no business between a job and its emulator.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def download(self, name):
        """The bytes of an object. Raises UploadError if there is none, or the server does not answer."""
        url = f"{self._objects}/{urllib.parse.quote(name, safe='')}?alt=media"
        return self._tried(f"Download of {name}", lambda: self._read(url))

    def names(self, prefix):
        """Names of all objects below a prefix. Raises UploadError if the server does not answer."""
        found, token = [], ""
        while True:
            query = urllib.parse.urlencode({"prefix": prefix, "fields": "items(name),nextPageToken", "pageToken": token})
            url = f"{self._objects}?{query}"
            page = json.loads(self._tried(f"List of {prefix}", lambda url=url: self._read(url)))
            found += [item["name"] for item in page.get("items", [])]
            token = page.get("nextPageToken", "")
            if not token:
                return found

    def _read(self, url):
        with self._opener.open(url, timeout=TIMEOUT_SECONDS) as answer:
            return answer.read()

    def upload_multipart(self, name, data):
        """Stores a small object in one request."""
        metadata = json.dumps({"name": name, "contentType": CONTENT_TYPE})
        body = (
            f"--{_BOUNDARY}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{metadata}\r\n"
            f"--{_BOUNDARY}\r\nContent-Type: {CONTENT_TYPE}\r\n\r\n"
        ).encode() + data + f"\r\n--{_BOUNDARY}--\r\n".encode()

        def send():
            request = urllib.request.Request(
                self._url + "?uploadType=multipart",
                data=body,
                headers={"Content-Type": f"multipart/related; boundary={_BOUNDARY}"},
                method="POST",
            )
            return self._send(request)

        self._store(name, data, send)

    def upload_resumable(self, name, data):
        """Stores an object through an upload session."""

        def send():
            begin = urllib.request.Request(
                self._url + "?uploadType=resumable&name=" + urllib.parse.quote(name, safe=""),
                data=json.dumps({"name": name, "contentType": CONTENT_TYPE}).encode(),
                headers={
                    "Content-Type": "application/json; charset=UTF-8",
                    "X-Upload-Content-Type": CONTENT_TYPE,
                    "X-Upload-Content-Length": str(len(data)),
                },
                method="POST",
            )
            with self._opener.open(begin, timeout=TIMEOUT_SECONDS) as answer:
                session = answer.headers.get("Location")
            if not session:
                raise UploadError(f"Upload of {name} failed: the server opened no session")
            return self._send(
                urllib.request.Request(
                    session,
                    data=data,
                    headers={
                        "Content-Type": CONTENT_TYPE,
                        "Content-Range": f"bytes 0-{len(data) - 1}/{len(data)}",
                    },
                    method="PUT",
                )
            )

        self._store(name, data, send)

    def _send(self, request):
        with self._opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
            return json.loads(answer.read())

    def _store(self, name, data, send):
        self._tried(f"Upload of {name}", lambda: _compare(name, data, send()))

    def _tried(self, what, action):
        reason = ""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return action()
            except urllib.error.HTTPError as error:
                reason = f"HTTP {error.code}"
                if error.code < 500 and error.code not in _RETRYABLE:
                    break
            except (OSError, http.client.HTTPException, ValueError) as error:
                reason = str(error) or type(error).__name__
            if attempt < ATTEMPTS:
                self._log(f"{what} failed ({reason}), attempt {attempt} of {ATTEMPTS}")
                time.sleep(FIRST_PAUSE_SECONDS * 2 ** (attempt - 1))
        raise UploadError(f"{what} failed: {reason}")


def _compare(name, data, stored):
    digest = stored.get("md5Hash")
    if digest and digest != base64.b64encode(hashlib.md5(data).digest()).decode():
        raise UploadError(f"Upload of {name} failed: the server stored other bytes")
