"""Kafka through clients that are not ours: each can send a record, and read a topic from its beginning to its end."""

import json
import subprocess
import tempfile
from typing import NamedTuple, Protocol

ANSWER_SECONDS = 20


class Record(NamedTuple):
    """One record; headers are by name, as the contract has each once."""

    topic: str
    partition: int
    offset: int
    key: str | None
    headers: dict[str, bytes]
    value: bytes


class Client(Protocol):
    name: str
    version: str

    def send(self, topic: str, key: str, headers: dict[str, bytes], value: bytes) -> None: ...

    def read(self, topic: str) -> list[Record]: ...


class Confluent:
    """librdkafka from Python."""

    name = "confluent-kafka"

    def __init__(self, servers: str):
        import confluent_kafka

        self._library = confluent_kafka
        self._servers = {"bootstrap.servers": servers}
        self.version = confluent_kafka.__version__

    def send(self, topic, key, headers, value):
        producer = self._library.Producer(self._servers)
        failures = []
        producer.produce(topic, value, key, headers=headers, on_delivery=lambda error, _: error and failures.append(error))
        if producer.flush(ANSWER_SECONDS) or failures:
            raise AssertionError(f"{topic}: not delivered: {failures}")

    def read(self, topic):
        # The library insists on a group; none is joined, since partitions are assigned.
        consumer = self._library.Consumer(self._servers | {"group.id": "contract", "enable.auto.commit": False})
        try:
            numbers = consumer.list_topics(topic, timeout=ANSWER_SECONDS).topics[topic].partitions
            partitions = [self._library.TopicPartition(topic, number, 0) for number in numbers]
            bounds = [consumer.get_watermark_offsets(partition, timeout=ANSWER_SECONDS) for partition in partitions]
            for partition, (low, _) in zip(partitions, bounds):
                partition.offset = low
            consumer.assign(partitions)
            wanted = sum(high - low for low, high in bounds)
            messages = []
            while len(messages) < wanted:
                message = consumer.poll(ANSWER_SECONDS)
                assert message is not None and not message.error(), f"{topic}: {len(messages)} of {wanted} records came"
                messages.append(message)
        finally:
            consumer.close()
        return [
            Record(m.topic(), m.partition(), m.offset(), text(m.key()), dict(m.headers() or ()), m.value() or b"")
            for m in messages
        ]


class KafkaPython:
    """A client in pure Python."""

    name = "kafka-python"

    def __init__(self, servers: str):
        import kafka

        self._library = kafka
        self._servers = servers
        self.version = kafka.__version__

    def send(self, topic, key, headers, value):
        producer = self._library.KafkaProducer(bootstrap_servers=self._servers)
        try:
            producer.send(topic, value, key.encode(), headers=list(headers.items())).get(ANSWER_SECONDS)
        finally:
            producer.close()

    def read(self, topic):
        consumer = self._library.KafkaConsumer(bootstrap_servers=self._servers, group_id=None, enable_auto_commit=False)
        try:
            partitions = [self._library.TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic)]
            first, last = consumer.beginning_offsets(partitions), consumer.end_offsets(partitions)
            consumer.assign(partitions)
            consumer.seek_to_beginning(*partitions)
            wanted = sum(last[partition] - first[partition] for partition in partitions)
            found = []
            while len(found) < wanted:
                batches = consumer.poll(ANSWER_SECONDS * 1000)
                assert batches, f"{topic}: {len(found)} of {wanted} records came"
                found += [record for batch in batches.values() for record in batch]
        finally:
            consumer.close()
        return [Record(r.topic, r.partition, r.offset, text(r.key), dict(r.headers), r.value or b"") for r in found]


class Kcat:
    """The command line tool."""

    name = "kcat"

    def __init__(self, servers: str):
        self._servers = servers
        said = subprocess.run(["kcat", "-V"], capture_output=True, text=True, check=True).stdout
        self.version = next(word for line in said.splitlines() if "Version" in line for word in line.split() if word[0].isdigit())

    def send(self, topic, key, headers, value):
        with tempfile.NamedTemporaryFile() as file:
            file.write(value)
            file.flush()
            named = [part for name, text in headers.items() for part in ("-H", f"{name}={text.decode()}")]
            self._run("-P", "-t", topic, "-k", key, *named, file.name)

    def read(self, topic):
        lines = self._run("-C", "-t", topic, "-o", "beginning", "-e", "-q", "-J").splitlines()
        return [self._record(json.loads(line)) for line in lines]

    @staticmethod
    def _record(found):
        flat = found.get("headers") or []
        headers = {name: value.encode() for name, value in zip(flat[::2], flat[1::2])}
        payload = (found["payload"] or "").encode()
        return Record(found["topic"], found["partition"], found["offset"], found["key"], headers, payload)

    def _run(self, *arguments):
        command = ["kcat", "-b", self._servers, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout


def text(key):
    return None if key is None else key.decode()
