package dev.wrinklefree.bench.jobs;

import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.event.EventData;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.event.LaunchSubmitted;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.WandbRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Tells of runs as launch-service does: accepted, then submitted. */
final class LaunchedRuns {

  private static final String SOURCE = "/launch-service/launch-state";

  private LaunchedRuns() {}

  /** Puts the events of all runs on the broker and waits until it has them. */
  static void tell(String kafka, QueueFill fill) throws InterruptedException, ExecutionException {
    EventCodec codec = new EventCodec();
    List<RunId> runs = fill.runs();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka, "linger.ms", 5),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (int index = 0; index < runs.size(); index++) {
        RunId run = runs.get(index);
        sent.add(producer.send(codec.write(event(run, 1, accepted(run, fill.at()), fill.at()))));
        LaunchSubmitted submitted =
            new LaunchSubmitted(run, fill.jobId(index), null, false, fill.at());
        sent.add(producer.send(codec.write(event(run, 2, submitted, fill.at()))));
      }
      for (Future<RecordMetadata> record : sent) {
        record.get();
      }
    }
  }

  private static <D extends EventData> Event<D> event(
      RunId run, long sequence, D data, Instant at) {
    return new Event<>(
        new EventAttributes(
            run + ":" + sequence,
            SOURCE,
            EventType.of(data),
            run,
            at,
            at,
            sequence,
            null,
            null,
            null),
        data);
  }

  /** Without figures in W&B: the watch of those is not what is measured here. */
  private static LaunchAccepted accepted(RunId run, Instant at) {
    return new LaunchAccepted(
        run,
        "wf-fairy2-train",
        "fairy2_train",
        "smollm2_135m",
        "w2",
        "dev",
        new Accelerators("A100", 8),
        List.of(),
        true,
        List.of(),
        "wrinklefree-checkpoints",
        "fairy2/smollm2_135m/" + run + "/",
        new WandbRun(null, "wrinklefree-fairy2", run.value()),
        null,
        Map.of(),
        "bench@example.org",
        at,
        Map.of(),
        null,
        null,
        null,
        null);
  }
}
