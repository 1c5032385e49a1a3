package dev.wrinklefree.bench.relay;

import dev.wrinklefree.bench.bed.Pace;
import dev.wrinklefree.contract.value.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Produces the relay's records, out of nothing: idempotent, {@code acks=all}, many on their way.
 *
 * <p>Arguments: the broker and the topic. Reads lines {@code <key prefix> <count> <per second>}; a
 * rate of 0 is as fast as can be. Prints a line for each record, when it was handed to the
 * producer, in microseconds since 1970, and after the last acknowledgement an empty one.
 */
public final class PlainProducer {

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private PlainProducer() {}

  /** Does what it reads until the input ends. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (KafkaProducer<String, byte[]> producer = producer(arguments[0])) {
      String line = lines.readLine();
      while (line != null) {
        String[] words = line.split(" ");
        produce(
            producer,
            arguments[1],
            words[0],
            Integer.parseInt(words[1]),
            Integer.parseInt(words[2]));
        line = lines.readLine();
      }
    }
  }

  private static void produce(
      KafkaProducer<String, byte[]> producer, String topic, String prefix, int count, int rate)
      throws InterruptedException, ExecutionException {
    long[] sent = new long[count];
    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generics
    Future<RecordMetadata>[] answers = new Future[count];
    Pace pace = rate == 0 ? null : new Pace(rate);
    for (int i = 0; i < count; i++) {
      if (pace != null) {
        pace.awaitNext();
      }
      Instant now = Instant.now();
      sent[i] = now.getEpochSecond() * MICROS_PER_SECOND + now.getNano() / NANOS_PER_MICRO;
      answers[i] = producer.send(AcceptedSample.record(topic, new RunId(prefix + i)));
    }
    producer.flush();
    StringBuilder told = new StringBuilder();
    for (int i = 0; i < count; i++) {
      answers[i].get();
      told.append(sent[i]).append('\n');
    }
    System.out.println(told);
  }

  private static KafkaProducer<String, byte[]> producer(String kafka) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.LINGER_MS_CONFIG,
            0),
        new StringSerializer(),
        new ByteArraySerializer());
  }
}
