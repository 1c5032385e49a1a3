package dev.wrinklefree.sandbox.pubsub;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one subscription that are not acknowledged. A pulled one is hidden for the
 * acknowledgement deadline and then delivered again.
 */
final class Subscription {

  /** So that a shuffled order is the same in every run of a test. */
  private static final long SEED = 20261123;

  private final InstantSource clock;
  private final Duration ackDeadline;
  private final Random random = new Random(SEED);
  private final Map<String, Held> held = new LinkedHashMap<>();
  private long deliveries;
  private int acknowledged;
  private boolean shuffled;

  Subscription(InstantSource clock, Duration ackDeadline) {
    this.clock = clock;
    this.ackDeadline = ackDeadline;
  }

  /**
   * A message that was pulled.
   *
   * @param ackId what to acknowledge it by; another one at each delivery
   */
  record Received(String ackId, Message message) {}

  private static final class Held {

    private final Message message;
    private Instant visibleAt;
    private @Nullable String ackId;

    Held(Message message, Instant visibleAt) {
      this.message = message;
      this.visibleAt = visibleAt;
    }
  }

  synchronized void add(Message message, Delivery delivery) {
    shuffled = delivery.shuffled();
    held.put(message.id(), new Held(message, clock.instant().plus(delivery.delay())));
    notifyAll();
  }

  /** Waits until there is a message, or for so long. */
  synchronized List<Received> pull(int limit, Duration patience) throws InterruptedException {
    Instant deadline = clock.instant().plus(patience);
    while (true) {
      Instant now = clock.instant();
      List<Held> ready = ready(now);
      if (!ready.isEmpty() || !now.isBefore(deadline)) {
        return ready.stream().limit(limit).map(message -> lease(message, now)).toList();
      }
      wait(Math.max(1, Duration.between(now, nextChange(deadline)).toMillis()));
    }
  }

  /** Forgets the messages; an id whose deadline has passed has no effect, as in the real server. */
  synchronized void acknowledge(List<String> ackIds) {
    int before = held.size();
    held.values().removeIf(message -> message.ackId != null && ackIds.contains(message.ackId));
    acknowledged += before - held.size();
  }

  synchronized int unacknowledged() {
    return held.size();
  }

  synchronized int acknowledged() {
    return acknowledged;
  }

  private List<Held> ready(Instant now) {
    List<Held> ready = new ArrayList<>();
    for (Held message : held.values()) {
      if (!message.visibleAt.isAfter(now)) {
        ready.add(message);
      }
    }
    if (shuffled) {
      Collections.shuffle(ready, random);
    }
    return ready;
  }

  private Received lease(Held message, Instant now) {
    message.visibleAt = now.plus(ackDeadline);
    message.ackId = message.message.id() + "-" + ++deliveries;
    return new Received(message.ackId, message.message);
  }

  private Instant nextChange(Instant deadline) {
    return held.values().stream()
        .map(message -> message.visibleAt)
        .filter(deadline::isAfter)
        .min(Instant::compareTo)
        .orElse(deadline);
  }
}
