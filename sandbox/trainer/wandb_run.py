"""Reports a run to Weights & Biases as its own SDK does on the wire: upsertBucket, then a file stream with heartbeats.

Reads the SDK's variables: WANDB_API_KEY, WANDB_BASE_URL, WANDB_MODE, WANDB_ENTITY, WANDB_PROJECT, WANDB_RUN_ID,
WANDB_RESUME, WANDB_NAME, WANDB_RUN_GROUP, WANDB_TAGS, WANDB_X_FILE_STREAM_TRANSMIT_INTERVAL (seconds between two
transmissions, 15 if unset). SANDBOX_WANDB_HEARTBEAT_SECONDS changes the SDK's constant of 30 s of silence before a
heartbeat. A failure of W&B is one line in the log: training goes on.
"""

import base64
import http.client
import json
import secrets
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

PUBLIC_SERVER = "https://api.wandb.ai"
TRANSMIT_SECONDS = 15.0
HEARTBEAT_SECONDS = 30.0
TIMEOUT_SECONDS = 10
# The last rows and the exit code are worth waiting for, but not for ever: a machine is paid by the second.
FAREWELL_SECONDS = 15.0
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
# The SDK's list: nothing changes if such a request is sent again.
_FINAL_STATUSES = (400, 401, 403, 404, 410, 413, 422, 501)
HISTORY, SUMMARY = "wandb-history.jsonl", "wandb-summary.json"

_VIEWER = "query Viewer { viewer { entity username } }"
_RESUME = """
query RunResumeStatus($project: String, $entity: String, $name: String!) {
  model(name: $project, entityName: $entity) {
    bucket(name: $name, missingOk: true) { name summaryMetrics historyLineCount historyTail }
  }
}"""
_UPSERT = """
mutation UpsertBucket($name: String, $project: String, $entity: String, $groupName: String, $displayName: String,
    $config: JSONString, $tags: [String!]) {
  upsertBucket(input: {name: $name, modelName: $project, entityName: $entity, groupName: $groupName,
      displayName: $displayName, config: $config, tags: $tags}) {
    bucket { name displayName project { name entity { name } } }
    inserted
  }
}"""


class WandbError(Exception):
    """W&B did not do what was asked.

    final        whether repeating is of no use
    retry_after  seconds that the server asked to wait for
    """

    def __init__(self, message, final=False, retry_after=0.0):
        super().__init__(message)
        self.final, self.retry_after = final, retry_after


class Offline:
    """In place of a run where nothing is reported."""

    def log(self, step, values):
        pass

    def finish(self, exit_code):
        pass


def start(environment, config, log):
    """Begins or resumes the run of the environment, and says in the log what came of it."""
    if environment.get("WANDB_MODE", "online") in ("offline", "disabled"):
        log(f"W&B is off: WANDB_MODE={environment['WANDB_MODE']}")
        return Offline()
    if not environment.get("WANDB_API_KEY"):
        log("W&B is off: WANDB_API_KEY is not set")
        return Offline()
    try:
        run = Run(Server(environment), environment, config, log)
    except (WandbError, ValueError) as error:
        log(f"W&B is off: {error}")
        return Offline()
    log(f"W&B: {run.url}")
    return run


class Server:
    """W&B's GraphQL and file streams."""

    def __init__(self, environment):
        self.address = environment.get("WANDB_BASE_URL", PUBLIC_SERVER).rstrip("/")
        credentials = base64.b64encode(("api:" + environment["WANDB_API_KEY"]).encode()).decode()
        self._headers = {"Authorization": "Basic " + credentials, "Content-Type": "application/json"}
        local = urllib.parse.urlsplit(self.address).hostname in ("127.0.0.1", "localhost")
        # A proxy of the environment has no business between a job and its stand-in.
        self._opener = urllib.request.build_opener(*([urllib.request.ProxyHandler({})] if local else []))

    def query(self, text, **variables):
        answer = self.post("/graphql", {"query": text, "variables": variables})
        if answer.get("errors"):
            raise WandbError(answer["errors"][0].get("message", "a GraphQL error"))
        return answer["data"]

    def post(self, path, body):
        """Sends once. Raises WandbError."""
        request = urllib.request.Request(
            self.address + path, data=json.dumps(body).encode(), headers=self._headers, method="POST"
        )
        try:
            with self._opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            wait = error.headers.get("Retry-After", "")
            raise WandbError(
                f"HTTP {error.code}", error.code in _FINAL_STATUSES, float(wait) if wait.isdecimal() else 0.0
            ) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise WandbError(str(error) or type(error).__name__) from None


class Run:
    """A run that is under way. Rows are sent by a thread of their own, which also sends heartbeats."""

    def __init__(self, server, environment, config, log):
        self._server = server
        self._log_line = log
        self._heartbeat = float(environment.get("SANDBOX_WANDB_HEARTBEAT_SECONDS", HEARTBEAT_SECONDS))
        transmit = float(environment.get("WANDB_X_FILE_STREAM_TRANSMIT_INTERVAL", TRANSMIT_SECONDS))
        self._quiet = min(transmit, self._heartbeat)
        self._began = time.time()
        self._summary, self._offset, self._next_step = {}, 0, 0
        name = environment.get("WANDB_RUN_ID") or secrets.token_hex(4)
        project = environment.get("WANDB_PROJECT", "uncategorized")
        entity = environment.get("WANDB_ENTITY") or server.query(_VIEWER)["viewer"]["entity"]
        if environment.get("WANDB_RESUME") in ("allow", "must"):
            self._resume(server.query(_RESUME, project=project, entity=entity, name=name))
        bucket = server.query(
            _UPSERT,
            name=name,
            project=project,
            entity=entity,
            groupName=environment.get("WANDB_RUN_GROUP"),
            displayName=environment.get("WANDB_NAME"),
            config=json.dumps({key: {"value": value} for key, value in config.items()}),
            tags=[tag for tag in environment.get("WANDB_TAGS", "").split(",") if tag],
        )["upsertBucket"]["bucket"]
        parts = [urllib.parse.quote(part, safe="") for part in (entity, project, bucket["name"])]
        self.url = "{}/{}/{}/runs/{}".format(server.address, *parts)
        self._path = "/files/{}/{}/{}/file_stream".format(*parts)
        self._rows = []
        self._exit_code = None
        self._wake = threading.Condition()
        self._thread = threading.Thread(target=self._stream, name="wandb", daemon=True)
        self._thread.start()

    def _resume(self, data):
        bucket = (data["model"] or {}).get("bucket")
        if bucket is not None:
            self._summary = json.loads(bucket["summaryMetrics"] or "{}")
            self._offset = bucket["historyLineCount"] or 0
            tail = json.loads(bucket["historyTail"] or "[]")
            if tail:
                self._next_step = int(json.loads(tail[-1]).get("_step", -1)) + 1

    def log(self, step, values):
        """Adds a row. As with the SDK, a step that was passed before the run was resumed is not logged again."""
        if step < self._next_step:
            self._log_line(f"W&B: step {step} is less than the current step {self._next_step}, this row is ignored")
            return
        now = time.time()
        row = {**values, "_step": step, "_timestamp": now, "_runtime": now - self._began}
        with self._wake:
            self._next_step = step + 1
            self._summary.update(row)
            self._rows.append(json.dumps(row))

    def finish(self, exit_code):
        """Sends what is left and the exit code, and waits for that for a while."""
        with self._wake:
            self._exit_code = exit_code
            self._wake.notify_all()
        self._thread.join(FAREWELL_SECONDS)
        if self._thread.is_alive():
            self._log_line("W&B: the end of the run could not be reported in time")

    def _stream(self):
        sent_at, failures, pause = time.monotonic(), 0, self._quiet
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._exit_code is not None, pause)
                rows, exit_code = list(self._rows), self._exit_code
                body = self._body(rows, exit_code)
            if not body and time.monotonic() - sent_at < self._heartbeat:
                continue
            try:
                self._server.post(self._path, body)
            except WandbError as error:
                failures += 1
                if failures == 1 or error.final:
                    self._log_line(f"W&B: {error}")
                if error.final:
                    return
                pause = max(error.retry_after, min(FIRST_PAUSE_SECONDS * 2 ** (failures - 1), LONGEST_PAUSE_SECONDS))
                if exit_code is not None:
                    time.sleep(FIRST_PAUSE_SECONDS)
                continue
            if failures:
                self._log_line(f"W&B: reached again after {failures} failed request(s)")
            sent_at, failures, pause = time.monotonic(), 0, self._quiet
            with self._wake:
                del self._rows[: len(rows)]
                self._offset += len(rows)
            if exit_code is not None:
                return

    def _body(self, rows, exit_code):
        """An empty body is a heartbeat."""
        body = {}
        if rows:
            body["files"] = {
                HISTORY: {"offset": self._offset, "content": rows},
                SUMMARY: {"offset": 0, "content": [json.dumps(self._summary)]},
            }
        if exit_code is not None:
            body.update(complete=True, exitcode=exit_code)
        return body
