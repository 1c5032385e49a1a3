package dev.wrinklefree.checkpoint.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.wrinklefree.checkpoint.TestBucket;
import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.event.CheckpointWritten;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.sandbox.gcs.StorageServer;
import dev.wrinklefree.sandbox.gcs.StorageServerSettings;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.platform.TestBroker;
import dev.wrinklefree.testkit.platform.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/**
 * Measures the packaged service in its own process: how soon it is ready, and how long after an
 * object's finalisation a plain consumer has its event. Half of the uploads come after the service
 * was killed and started anew; every checkpoint must be told once all the same. Not part of the
 * tests, since it asserts no times: see the README for the command.
 */
class CheckpointDelayMeasurement {

  private static final Duration INTERVAL =
      Duration.parse(System.getProperty("measurement.interval", "PT2S"));
  private static final int RUNS = 5;
  private static final int UPLOADS = Integer.getInteger("measurement.uploads", 200);
  private static final int LONGEST_PAUSE_MILLIS = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long SEED = 20261123;

  private final EventCodec codec = new EventCodec();
  private final List<Duration> delays = new ArrayList<>();
  private final Map<String, String> told = new HashMap<>();
  private int redeliveries;

  @Test
  void measures() throws Exception {
    List<RunId> runs = Stream.generate(Fixtures::newRunId).limit(RUNS).toList();
    try (StorageServer server = StorageServer.start(StorageServerSettings.temporary());
        Storage storage = client(server);
        ContractProducer producer = new ContractProducer();
        KafkaConsumer<String, byte[]> consumer = consumer()) {
      server.createBucket(StorageResource.BUCKET);
      TestBucket bucket = new TestBucket(storage);
      Map<String, String> environment =
          Map.of(
              "KAFKA_BOOTSTRAP_SERVERS", TestBroker.bootstrapServers(),
              "QUARKUS_DATASOURCE_JDBC_URL", TestPostgres.freshDatabase(),
              "QUARKUS_DATASOURCE_USERNAME", TestPostgres.USER,
              "WF_GCS_HOST", server.endpoint().toString(),
              "WF_CHECKPOINT_INTERVAL", INTERVAL.toString());
      runs.forEach(run -> producer.send(run, Fixtures.launchAccepted(run)));

      // Leaves its classes in an archive when it ends, and its schema in the database.
      ShippedService unprepared = ShippedService.start(environment);
      unprepared.close();
      ShippedService first = ShippedService.start(environment);
      // Not measured: the first listing finds credentials, classes and connections.
      put(bucket, runs, 0, RUNS);
      await(consumer, RUNS);
      delays.clear();
      upload(bucket, runs, RUNS, RUNS + UPLOADS / 2, consumer);
      await(consumer, UPLOADS / 2);
      long resident = first.residentMebibytes();
      first.kill();
      try (ShippedService second = ShippedService.start(environment)) {
        put(bucket, runs, RUNS + UPLOADS / 2, 2 * RUNS + UPLOADS / 2);
        await(consumer, UPLOADS / 2 + RUNS);
        delays.subList(UPLOADS / 2, delays.size()).clear();
        upload(bucket, runs, 2 * RUNS + UPLOADS / 2, 2 * RUNS + UPLOADS, consumer);
        await(consumer, UPLOADS);
        // Whatever would be repeated is repeated within the next listings.
        receive(consumer, INTERVAL.multipliedBy(2));
        print(unprepared, first, second, resident);
      }
    }
    assertThat(told.values()).hasSize(2 * RUNS + UPLOADS).doesNotHaveDuplicates();
  }

  private void upload(
      TestBucket bucket,
      List<RunId> runs,
      int from,
      int to,
      KafkaConsumer<String, byte[]> consumer) {
    Random random = new Random(SEED);
    for (int i = from; i < to; i++) {
      put(bucket, runs, i, i + 1);
      Instant next = Instant.now().plusMillis(random.nextInt(LONGEST_PAUSE_MILLIS));
      while (Instant.now().isBefore(next)) {
        receive(consumer, Duration.between(Instant.now(), next));
      }
    }
  }

  private static void put(TestBucket bucket, List<RunId> runs, int from, int to) {
    for (int step = from; step < to; step++) {
      RunId run = runs.get(step % RUNS);
      bucket.put("fairy2/smollm2_135m/" + run + "/checkpoint_step_" + step + ".pt");
    }
  }

  private void await(KafkaConsumer<String, byte[]> consumer, int count) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (delays.size() < count) {
      assertThat(Instant.now()).as("%s of %s events", delays.size(), count).isBefore(deadline);
      receive(consumer, Duration.ofMillis(100));
    }
  }

  private void receive(KafkaConsumer<String, byte[]> consumer, Duration atMost) {
    var records = consumer.poll(atMost.isNegative() ? Duration.ZERO : atMost);
    Instant now = Instant.now();
    for (ConsumerRecord<String, byte[]> record : records) {
      Event<?> event = read(record);
      CheckpointWritten checkpoint = (CheckpointWritten) event.data();
      // The outbox delivers at least once: what it sends again after a crash has the same id.
      if (told.put(event.attributes().id(), checkpoint.uri()) == null) {
        delays.add(Duration.between(checkpoint.writtenAt(), now));
      } else {
        redeliveries++;
      }
    }
  }

  private Event<?> read(ConsumerRecord<String, byte[]> record) {
    try {
      return codec.read(record);
    } catch (Exception e) {
      throw new AssertionError("record breaks the contract", e);
    }
  }

  @SuppressWarnings("SystemOut") // the figures are what this is for
  private void print(
      ShippedService unprepared, ShippedService first, ShippedService second, long resident) {
    List<Duration> sorted = delays.stream().sorted().toList();
    System.out.printf(
        "ready after %d ms (empty database), then %d ms and %d ms (%d ms of CPU);"
            + " resident %d MiB; %d events delivered twice by the kill%n"
            + "finalisation to consumer, interval %d ms, %d checkpoints of %d runs:"
            + " p50 %d ms, p99 %d ms, most %d ms%n",
        unprepared.readyAfter().toMillis(),
        first.readyAfter().toMillis(),
        second.readyAfter().toMillis(),
        second.cpuUntilReady().toMillis(),
        resident,
        redeliveries,
        INTERVAL.toMillis(),
        sorted.size(),
        RUNS,
        percentile(sorted, 50).toMillis(),
        percentile(sorted, 99).toMillis(),
        sorted.getLast().toMillis());
  }

  private static Duration percentile(List<Duration> sorted, int percent) {
    return sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
  }

  private static Storage client(StorageServer server) {
    return StorageOptions.http()
        .setHost(server.endpoint().toString())
        .setProjectId("measurement")
        .setCredentials(NoCredentials.getInstance())
        .build()
        .getService();
  }

  private static KafkaConsumer<String, byte[]> consumer() {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", TestBroker.bootstrapServers()),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    String topic = Topic.CHECKPOINT_WRITTEN.topicName();
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }
}
