package dev.wrinklefree.delivery.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes signals in the {@code text/event-stream} format of the HTML standard. A heartbeat is a
 * comment with an {@code id} and no data: it dispatches nothing, and moves on what the client sends
 * to resume.
 */
final class EventLines {

  /** Name of the event that tells of a gap. */
  static final String GAP = "gap";

  private final OutputStream sink;
  private final Duration reconnectDelay;
  private boolean begun;
  private volatile long writingSince = IDLE;

  /** No time that {@link System#nanoTime} is likely to give. */
  private static final long IDLE = Long.MIN_VALUE;

  /**
   * @param reconnectDelay told to the client once
   */
  EventLines(OutputStream sink, Duration reconnectDelay) {
    this.sink = sink;
    this.reconnectDelay = reconnectDelay;
  }

  /** Writes one signal and waits until the connection has taken it. */
  void write(Signal signal) throws IOException {
    String text =
        switch (signal) {
          case Signal.Event event -> block(event.id(), event.event().type(), event.event().json());
          case Signal.Gap gap -> block(gap.id(), GAP, json(gap));
          case Signal.Idle idle -> ":\n" + id(idle.id()) + "\n";
          case Signal.End ignored -> ": the service ends\n\n";
        };
    String first = begun ? "" : "retry: " + reconnectDelay.toMillis() + "\n";
    begun = true;
    writingSince = System.nanoTime();
    sink.write((first + text).getBytes(StandardCharsets.UTF_8));
    sink.flush();
    writingSince = IDLE;
  }

  /** Whether a write has waited for the client for longer than that. */
  boolean isStalled(Duration limit) {
    long since = writingSince;
    return since != IDLE && System.nanoTime() - since > limit.toNanos();
  }

  private static String block(ResumeId id, String name, String data) {
    return id(id) + "event: " + name + "\n" + data(data) + "\n";
  }

  /** An event's JSON is that of its producer, and may be more than one line. */
  private static String data(String text) {
    StringBuilder lines = new StringBuilder(text.length() + 16);
    text.lines().forEach(line -> lines.append("data: ").append(line).append('\n'));
    return lines.toString();
  }

  private static String id(@Nullable ResumeId id) {
    return id == null ? "" : "id: " + id + "\n";
  }

  private static String json(Signal.Gap gap) {
    return "{\"topic\":\"%s\",\"partition\":%d,\"from\":%d,\"to\":%d}"
        .formatted(gap.id().topic(), gap.partition(), gap.from(), gap.to());
  }
}
