import json
import os
import sys
import types
import unittest
from unittest import mock

from platform_case import PlatformCase

import wf_deployer
from wf_deployer import MissedEventsError, subscribe
from wf_deployer.events import Position
from wf_deployer.sse import Message, messages

JOBS, CHECKPOINTS = "/jobs/events", "/checkpoints/events"
STATE_CHANGED = "dev.wrinklefree.job.state-changed.v1"


def envelope(run_id, number, source="/monitor-service/job-state", **data):
    return {
        "specversion": "1.0",
        "id": f"{run_id}:{number}",
        "source": source,
        "type": STATE_CHANGED,
        "subject": run_id,
        "time": "2026-01-02T03:04:05Z",
        "sequence": str(number),
        "data": {"runId": run_id, **data},
    }


def block(position, event):
    return f"id: {position}\nevent: {event['type']}\ndata: {json.dumps(event)}\n\n".encode()


RETRY_SOON = b"retry: 10\n\n"


class MessagesTest(unittest.TestCase):
    def test_blocks_are_told_apart(self):
        stream = b"retry: 2000\n:\nid: a@0:1\n\n: a comment\n\ndata: x\ndata:y\nevent: gap\nid: a@0:2\n\ndata: cut"
        self.assertEqual(
            list(messages(stream.splitlines(keepends=True))),
            [Message(id="a@0:1", retry=2.0), Message(id="a@0:2", name="gap", data="x\ny")],
        )


class PositionTest(unittest.TestCase):
    def test_a_position_is_text_and_back(self):
        for text in ("job-state@0:15,3:7", "job-state/my-run@3:7"):
            self.assertEqual(str(Position.parse(text)), text)
        for text in ("", "job-state", "job-state@", "job-state@x:1", "job-state@0:1;"):
            with self.assertRaises(ValueError):
                Position.parse(text)


class StreamTest(PlatformCase):
    """Over the services, each of which ends the stream after what was queued."""

    def queries(self, path):
        return [(url, headers.get("Last-Event-ID")) for _, url, headers, _ in self.service.requests if path in url]

    def test_events_of_both_streams_arrive_typed(self):
        self.service.answer("GET", JOBS, RETRY_SOON + block("job-state@0:1", envelope("r-1", 1, state="RUNNING")))
        self.service.answer("GET", JOBS, RETRY_SOON)
        self.service.answer(
            "GET",
            CHECKPOINTS,
            RETRY_SOON + block("checkpoint-written@0:1", envelope("r-1", 1, "/checkpoint-service/c", step=250)),
        )
        self.service.answer("GET", CHECKPOINTS, RETRY_SOON)

        with subscribe(timeout=1.0) as events:
            found = sorted(events, key=lambda event: event.topic)

        self.assertEqual([event.topic for event in found], ["checkpoint-written", "job-state"])
        state = found[1]
        self.assertEqual((state.run_id, state.id, state.sequence, state.type), ("r-1", "r-1:1", 1, STATE_CHANGED))
        self.assertEqual(state.data, {"runId": "r-1", "state": "RUNNING"})
        self.assertEqual(
            events.positions, {"job-state": "job-state@0:1", "checkpoint-written": "checkpoint-written@0:1"}
        )

    def test_a_stream_that_breaks_off_goes_on_after_its_last_event(self):
        self.service.answer("GET", JOBS, RETRY_SOON + block("job-state@0:1", envelope("r-1", 1)) + b"data: {cut")
        self.service.answer("GET", JOBS, b"", 503)
        self.service.answer("GET", JOBS, b":\nid: job-state@0:5\n\n" + RETRY_SOON)
        self.service.answer("GET", JOBS, block("job-state@0:6", envelope("r-1", 2)))

        with subscribe(topics=["job-state"], timeout=5.0) as events:
            self.assertEqual([next(events).sequence, next(events).sequence], [1, 2])

        asked = self.queries(JOBS)
        self.assertEqual([last_id for _, last_id in asked[:4]], [None] + ["job-state@0:1"] * 2 + ["job-state@0:5"])
        self.assertTrue(all("from=now" in url for url, _ in asked))

    def test_of_one_run_all_is_told_from_its_start(self):
        self.knows("r-1", "RUNNING")
        self.service.answer("GET", JOBS, block("job-state/r-1@0:1", envelope("r-1", 1)))

        with subscribe("r-1", ["job-state"], timeout=5.0) as events:
            self.assertEqual(next(events).run_id, "r-1")
        self.assertIn("runId=r-1&from=start", self.queries(JOBS)[0][0])

    def test_a_later_subscription_goes_on_where_an_earlier_one_was(self):
        self.service.answer("GET", JOBS, block("job-state@0:9", envelope("r-1", 9)))

        with subscribe(topics=["job-state"], positions={"job-state": "job-state@0:8"}, timeout=5.0) as events:
            next(events)
        self.assertEqual(self.queries(JOBS)[0][1], "job-state@0:8")

    def test_missed_events_are_an_error_after_which_it_goes_on(self):
        gap = b'id: job-state@0:7\nevent: gap\ndata: {"from":3,"to":7}\n\n'
        self.service.answer("GET", JOBS, gap + block("job-state@0:8", envelope("r-1", 8)))

        with subscribe(topics=["job-state"], timeout=5.0) as events:
            with self.assertRaisesRegex(MissedEventsError, "job-state no longer has"):
                next(events)
            self.assertEqual(next(events).sequence, 8)

    def test_a_name_of_several_live_runs_is_an_error_that_lists_them(self):
        self.service.answer(
            "GET", "/launches", {"launches": [{"runId": f"b-{i}", "status": "submitted"} for i in (1, 2)]}
        )

        with self.assertRaises(wf_deployer.AmbiguousNameError):
            subscribe("wf-fairy2-train")

    def test_what_cannot_work_is_said_at_once(self):
        with self.assertRaisesRegex(ValueError, "got jobs"):
            subscribe(topics=["jobs"])
        with self.assertRaisesRegex(ValueError, "got none"):
            subscribe(topics=[])
        with self.assertRaisesRegex(ValueError, "yesterday"):
            subscribe(start="yesterday")
        with self.assertRaisesRegex(ValueError, "one run"):
            subscribe(positions={"job-state": "job-state/r-1@0:1"})
        self.service.answer("GET", JOBS, {"detail": "who are you"}, 401)
        with self.assertRaisesRegex(wf_deployer.AccessError, "who are you"):
            next(subscribe(topics=["job-state"]))
        self.service.close()
        with self.assertRaises(wf_deployer.UnreachableError):
            next(subscribe(topics=["job-state"]))


class Record:
    def __init__(self, offset, run_id):
        attributes = {**envelope(run_id, offset), "data": None}
        self.topic, self.partition, self.offset, self.key = "job-state", 0, offset, run_id.encode()
        self.headers = [(f"ce_{name}", value.encode()) for name, value in attributes.items() if value]
        self.value = json.dumps({"runId": run_id}).encode()


class FakeKafkaPython(types.ModuleType):
    """As much of kafka-python as is used, over one partition of records 5 to 8."""

    class TopicPartition(tuple):
        def __new__(cls, topic, partition):
            return super().__new__(cls, (topic, partition))

        partition = property(lambda self: self[1])

    def __init__(self):
        super().__init__("kafka")
        module = self
        self.closed = False

        class KafkaConsumer:
            def __init__(self, **settings):
                module.settings = settings
                self.records = [Record(offset, run_id) for offset, run_id in ((5, "a"), (6, "b"), (7, "a"), (8, "b"))]

            def partitions_for_topic(self, topic):
                return {0} if topic == "job-state" else None

            def beginning_offsets(self, partitions):
                return dict.fromkeys(partitions, 5)

            def end_offsets(self, partitions):
                return dict.fromkeys(partitions, 8)

            def assign(self, partitions):
                module.assigned = partitions

            def seek(self, partition, offset):
                module.sought = offset

            def poll(self, timeout_ms):
                batch, self.records = [r for r in self.records if r.offset >= module.sought], []
                return {module.assigned[0]: batch} if batch else {}

            def close(self):
                module.closed = True

        self.KafkaConsumer = KafkaConsumer


class KafkaTest(PlatformCase):
    """With a client in place of one that is installed; the live tests take real ones."""

    def setUp(self):
        super().setUp()
        self.kafka = FakeKafkaPython()
        patch = mock.patch.dict(sys.modules, {"kafka": self.kafka, "confluent_kafka": None})
        patch.start()
        self.addCleanup(patch.stop)
        os.environ["WF_KAFKA_BOOTSTRAP_SERVERS"] = "broker:9092"

    def test_an_installed_client_is_used_if_the_address_is_known(self):
        with subscribe(topics=["job-state"], timeout=1.0, kafka={"security.protocol": "SSL"}) as events:
            self.assertEqual([event.id for event in events], ["b:8"])
        self.assertEqual(events.positions, {"job-state": "job-state@0:9"})
        self.assertEqual(self.kafka.settings["bootstrap_servers"], "broker:9092")
        self.assertEqual(self.kafka.settings["security_protocol"], "SSL")
        self.assertIsNone(self.kafka.settings["group_id"])

    def test_of_one_run_all_of_its_records_are_told_and_only_those(self):
        self.knows("a", "RUNNING")

        with subscribe("a", ["job-state"], timeout=1.0) as events:
            self.assertEqual([event.sequence for event in events], [5, 7])
        self.assertEqual(events.positions, {"job-state": "job-state/a@0:9"})

    def test_a_position_is_gone_on_from_and_a_lost_one_is_said(self):
        with subscribe(topics=["job-state"], positions={"job-state": "job-state@0:7"}, timeout=1.0) as events:
            self.assertEqual([event.sequence for event in events], [7, 8])
        with subscribe(topics=["job-state"], positions={"job-state": "job-state@0:3"}, timeout=1.0) as events:
            with self.assertRaisesRegex(MissedEventsError, "the events 3 to 4 of partition 0"):
                next(events)
            self.assertEqual(next(events).sequence, 5)

    def test_a_topic_that_is_not_shown_is_an_error(self):
        with self.assertRaisesRegex(wf_deployer.UnreachableError, "no topic checkpoint-written"):
            next(subscribe(topics=["checkpoint-written"]))

    def test_without_a_client_the_services_tell_the_events(self):
        sys.modules["kafka"] = None
        self.service.answer("GET", JOBS, block("job-state@0:1", envelope("r-1", 1)))

        with subscribe(topics=["job-state"], timeout=5.0) as events:
            self.assertEqual(next(events).run_id, "r-1")


if __name__ == "__main__":
    unittest.main()
