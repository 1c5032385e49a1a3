package dev.wrinklefree.outbox.logging;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.value.TraceParent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Keys that the log lines of this thread carry until it is closed: {@code runId}, {@code traceId},
 * {@code eventId}, {@code topic}, {@code partition}, {@code offset}, as far as they are known. JSON
 * logs have them in their {@code mdc} object. Closing gives back what was there before.
 */
public final class LogContext implements AutoCloseable {

  private final Map<String, Optional<String>> before = new LinkedHashMap<>();

  private LogContext() {}

  /** Of a consumed event. */
  public static LogContext of(ConsumerRecord<?, ?> record, EventAttributes event) {
    return ofRun(event.runId().value(), event.traceParent())
        .with("eventId", event.id())
        .with("topic", record.topic())
        .with("partition", Integer.toString(record.partition()))
        .with("offset", Long.toString(record.offset()));
  }

  /**
   * Of work for a run that no event is being consumed for, such as a worker's or a watcher's.
   *
   * @param traceParent as the event carried it that began the work, if one did
   */
  public static LogContext ofRun(String runId, @Nullable String traceParent) {
    LogContext context = new LogContext().with("runId", runId);
    TraceParent.parse(traceParent).ifPresent(trace -> context.with("traceId", trace.traceId()));
    return context;
  }

  /** Adds a key. */
  public LogContext with(String key, String value) {
    before.putIfAbsent(key, Optional.ofNullable(MDC.get(key)));
    MDC.put(key, value);
    return this;
  }

  @Override
  public void close() {
    before.forEach(
        (key, value) -> value.ifPresentOrElse(old -> MDC.put(key, old), () -> MDC.remove(key)));
  }
}
