"""Launches runs and reads every topic of a running platform, through clients and the CloudEvents SDK of others.

kafka_suite.py BOOTSTRAP_SERVERS SCHEMAS RESULTS CLIENT…: writes one row per client for the table of `make contract`.
"""

import collections
import datetime
import json
import pathlib
import sys
import time
import traceback
import uuid

import jsonschema
from cloudevents.core.bindings import kafka as binding
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

import clients

CLIENTS = {"confluent-kafka": clients.Confluent, "kafka-python": clients.KafkaPython, "kcat": clients.Kcat}
PATIENCE_SECONDS = 120
PREFIX = "dev.wrinklefree."
REQUESTS = ("launch-requested", "cancel-requested")
FACTS = ("launch-state", "job-state", "training-progress", "checkpoint-written", "running-cost", "run-alert")
#: Ends after a few seconds; the loss is NaN at the end, which is told.
SHORT = ["training.max_steps=60", "training.save_interval=30", "training.log_interval=10", "sandbox.nan_at_step=50"]
ENDLESS = ["sandbox.stall_at_step=1"]
SPOILT = b'{"model": "smollm2_135m", '
UNKNOWN = PREFIX + "job.state-changed.v1"
#: The same time again where the same event is sent again.
BEGAN = datetime.datetime.now(datetime.timezone.utc)


class Suite:
    """The cases of one client. Its runs are its own; the topics are everyone's."""

    def __init__(self, client, schemas):
        self._client = client
        self._schemas = schemas
        self._tag = f"{client.name.replace('kafka', 'k')}-{uuid.uuid4().hex[:8]}"
        self._trained, self._endless = f"{self._tag}-trained", f"{self._tag}-endless"

    def begin(self):
        """What the cases need time for; they look at it later."""
        self._launch(self._trained, SHORT)
        self._launch(self._endless, ENDLESS)

    def cases(self):
        yield "a launch in binary mode is accepted", self.accepted
        yield "the same launch again is answered once", self.once
        yield "a launch with a wrong field is rejected with the field's name", self.rejected
        yield "a cancel ends a run", self.cancelled
        yield "a trained run succeeds", self.trained
        for topic in (*REQUESTS, *FACTS):
            yield f"every event of {topic} is as its schema says", lambda topic=topic: self.valid(topic)
        for topic in FACTS:
            yield f"{topic} has no gap", lambda topic=topic: self.gapless(topic)
        yield "a launch in structured mode is dead-lettered", self.structured
        yield "a record that is no JSON is dead-lettered byte for byte", self.no_json
        yield "an event of another topic is dead-lettered", self.unknown_type

    def accepted(self):
        self._await("launch-state", self._trained, "launch.accepted.v1")

    def once(self):
        event = self._event(self._trained, "launch.requested.v1", self._request(SHORT), id=self._trained)
        self._send("launch-requested", binding.to_binary(event, JSONFormat()))
        # A launch after it is answered after it, since the run id, and so the partition, is the same.
        self._await("launch-state", self._endless, "launch.submitted.v1")
        answers = [e for e in self._events("launch-state", self._trained) if e.get_type() == PREFIX + "launch.accepted.v1"]
        assert len(answers) == 1, f"{len(answers)} answers"

    def rejected(self):
        run = f"{self._tag}-wrong"
        self._send("launch-requested", self._binary(run, "launch.requested.v1", {"model": "smollm2_135m", "mode": "w9"}))
        violations = self._await("launch-state", run, "launch.rejected.v1").get_data()["violations"]
        assert [violation["field"] for violation in violations] == ["mode"], violations

    def cancelled(self):
        self._await("job-state", self._endless, "job.state-changed.v1", lambda data: data["state"] == "RUNNING")
        self._send("cancel-requested", self._binary(self._endless, "cancel.requested.v1", {"reason": "enough"}))
        self._await("job-state", self._endless, "job.state-changed.v1", lambda data: data["state"] == "CANCELLED")

    def trained(self):
        self._await("job-state", self._trained, "job.state-changed.v1", lambda data: data["state"] == "SUCCEEDED")
        self._await("checkpoint-written", self._trained, "checkpoint.written.v1", lambda data: data["kind"] == "final")
        self._await("running-cost", self._trained, "cost.updated.v1")
        self._await("training-progress", self._trained, "training.progressed.v1")
        self._await("run-alert", self._trained, "run.alerted.v1")

    def valid(self, topic):
        found = self._client.read(topic)
        readable = [record for record in found if record.headers.get("content-type") == b"application/json"]
        mine = [record for record in readable if (record.key or "").startswith(self._tag)]
        assert mine, "no event of this client's runs"
        # What other clients spoilt on purpose is in the topic, too: requests are whatever was sent.
        for record in mine if topic in REQUESTS else found:
            if record.value == SPOILT or record.headers["ce_type"] == UNKNOWN.encode():
                continue
            event = parse(record)
            assert event.get_specversion() == "1.0"
            subject = event.get_subject()
            assert subject == record.key == record.headers["ce_partitionkey"].decode(), (record.key, subject)
            assert event.get_time() is not None
            jsonschema.validate(event.get_data(), self._schemas[event.get_type().removeprefix(PREFIX)])

    def gapless(self, topic):
        numbers = collections.defaultdict(list)
        for record in sorted(self._client.read(topic), key=lambda record: (record.partition, record.offset)):
            event = parse(record)
            numbers[event.get_source(), event.get_subject()].append(int(event.get_extension("sequence")))
        assert any(subject.startswith(self._tag) for _, subject in numbers), "no event of this client's runs"
        for whose, seen in numbers.items():
            # A repetition after a crash has the number that it had.
            assert sorted(set(seen)) == list(range(1, max(seen) + 1)), (whose, seen)

    def structured(self):
        run = f"{self._tag}-structured"
        message = binding.to_structured(self._event(run, "launch.requested.v1", self._request(SHORT)), JSONFormat())
        self._send("launch-requested", message)
        self._dead(run, message.value, "not-a-cloud-event")

    def no_json(self):
        run = f"{self._tag}-spoilt"
        headers = self._binary(run, "launch.requested.v1", self._request(SHORT)).headers
        self._client.send("launch-requested", run, headers, SPOILT)
        dead = self._dead(run, SPOILT, "bad-json")
        assert {name: dead.headers[name] for name in headers} == headers, "the record's own headers are kept"

    def unknown_type(self):
        run = f"{self._tag}-unknown"
        message = self._binary(run, UNKNOWN.removeprefix(PREFIX), {"state": "RUNNING"})
        self._send("launch-requested", message)
        self._dead(run, message.value, "unknown-type")

    def _dead(self, run, value, code):
        """The dead letter with its reason; the record that it names has the same value."""
        found = self._until(lambda: next((r for r in self._client.read("launch-requested-dead-letter") if r.key == run), None), run)
        assert found.value == value
        reason = found.headers["dead-letter-reason"].decode()
        assert reason.startswith(code + ": "), reason
        assert found.headers["dead-letter-topic"] == b"launch-requested"
        place = int(found.headers["dead-letter-partition"]), int(found.headers["dead-letter-offset"])
        original = [r for r in self._client.read("launch-requested") if (r.partition, r.offset) == place]
        assert [(r.key, r.value) for r in original] == [(run, value)], "the place of the record"
        return found

    def _launch(self, run, overrides):
        event = self._event(run, "launch.requested.v1", self._request(overrides), id=run)
        self._send("launch-requested", binding.to_binary(event, JSONFormat()))

    @staticmethod
    def _request(overrides):
        return {"model": "smollm2_135m", "mode": "w2", "overrides": overrides}

    def _binary(self, run, kind, data):
        return binding.to_binary(self._event(run, kind, data), JSONFormat())

    @staticmethod
    def _event(run, kind, data, id=None):
        attributes = {
            "type": PREFIX + kind,
            "source": "/contract/python",
            "id": id or str(uuid.uuid4()),
            "subject": run,
            "partitionkey": run,
            "datacontenttype": "application/json",
        }
        if id:
            attributes["time"] = BEGAN
        return CloudEvent(attributes, data)

    def _send(self, topic, message):
        self._client.send(topic, message.key, message.headers, message.value)

    def _events(self, topic, run):
        return [parse(record) for record in self._client.read(topic) if record.key == run]

    def _await(self, topic, run, kind, wanted=lambda data: True):
        def found():
            for event in self._events(topic, run):
                if event.get_type() == PREFIX + kind and wanted(event.get_data()):
                    return event
            return None

        return self._until(found, f"{kind} of {run}")

    @staticmethod
    def _until(found, what):
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            result = found()
            if result is not None:
                return result
            time.sleep(0.5)
        raise AssertionError(f"{what} did not come within {PATIENCE_SECONDS} s")


def parse(record):
    message = binding.KafkaMessage(headers=record.headers, key=record.key, value=record.value)
    return binding.from_binary(message, JSONFormat())


def run(suite):
    """Counts, and says what differed."""
    cases = differed = 0
    for name, case in suite.cases():
        cases += 1
        try:
            case()
        except Exception as error:  # whatever a client or an answer makes of it, the other cases are asked
            differed += 1
            where = traceback.extract_tb(error.__traceback__)[-1].lineno
            print(f"  differed: {name}: {type(error).__name__}, line {where}: {str(error)[:500]}", flush=True)
    return {"cases": cases, "agreed": cases - differed, "differed": differed, "notToBeHad": 0}


def main(servers, schema_folder, results, *names):
    schemas = {f.stem: json.loads(f.read_text()) for f in pathlib.Path(schema_folder).glob("*.json")}
    suites = {}
    for name in names:
        client = CLIENTS[name](servers)
        suites[name] = client, Suite(client, schemas)
        suites[name][1].begin()
    failed = False
    for name, (client, suite) in suites.items():
        print(f"Kafka through {name} {client.version} …", flush=True)
        row = {"server": f"Kafka through {name}", "version": client.version} | run(suite)
        pathlib.Path(results, f"kafka-{name}.json").write_text(json.dumps(row, indent=2) + "\n")
        failed = failed or row["differed"] > 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
