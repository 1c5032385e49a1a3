package dev.wrinklefree.launch.api;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.launch.ownership.RestRequest;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** Publishes what was requested by HTTP as the events that anybody else would publish. */
@ApplicationScoped
class RequestPublisher {

  static final String LAUNCH_CHANNEL = "launch-requested-out";
  static final String CANCEL_CHANNEL = "cancel-requested-out";

  /** Longer than a leader election, shorter than an HTTP client's patience. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final EventCodec codec = new EventCodec();
  private final MutinyEmitter<byte[]> launches;
  private final MutinyEmitter<byte[]> cancels;
  private final Clock clock;

  RequestPublisher(
      @Channel(LAUNCH_CHANNEL) MutinyEmitter<byte[]> launches,
      @Channel(CANCEL_CHANNEL) MutinyEmitter<byte[]> cancels,
      Clock clock) {
    this.launches = launches;
    this.cancels = cancels;
    this.clock = clock;
  }

  /**
   * Publishes a launch request and returns when the broker has it.
   *
   * @param request who made it is remembered already
   * @param data the request's JSON as it came
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 503 if the broker does not take it in time
   */
  void launch(RestRequest request, byte[] data, @Nullable String traceParent) {
    send(
        launches,
        attributes(EventType.LAUNCH_REQUESTED, request.runId(), request.eventId(), traceParent),
        data);
  }

  /**
   * Publishes a cancel request and returns when the broker has it.
   *
   * @param request who made it is remembered already
   * @param data the request's JSON
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 503 if the broker does not take it in time
   */
  void cancel(RestRequest request, byte[] data, @Nullable String traceParent) {
    send(
        cancels,
        attributes(EventType.CANCEL_REQUESTED, request.runId(), request.eventId(), traceParent),
        data);
  }

  private EventAttributes attributes(
      EventType type, RunId runId, String id, @Nullable String traceParent) {
    Instant now = clock.instant();
    return new EventAttributes(
        id, RestRequest.SOURCE, type, runId, now, now, null, null, null, traceParent);
  }

  private void send(MutinyEmitter<byte[]> emitter, EventAttributes attributes, byte[] data) {
    ProducerRecord<String, byte[]> record = codec.write(attributes, data);
    Message<byte[]> message =
        Message.of(record.value())
            .addMetadata(
                OutgoingKafkaRecordMetadata.<String>builder()
                    .withKey(record.key())
                    .withHeaders(record.headers())
                    .build());
    try {
      emitter.sendMessage(message).await().atMost(PATIENCE);
    } catch (KafkaException
        | CompletionException
        | io.smallrye.mutiny.TimeoutException
        | IllegalStateException e) {
      throw LaunchProblems.brokerUnavailable(e);
    }
  }
}
