package dev.wrinklefree.delivery.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What is measured of webhooks; nothing is named for a receiver, of whom there may be many. */
final class WebhookMeters {

  private final Timer delay;
  private final Counter delivered;
  private final Counter failed;
  private final Counter dead;
  private final AtomicLong pending = new AtomicLong();
  private final AtomicLong deadLetters = new AtomicLong();

  WebhookMeters(MeterRegistry registry) {
    delay =
        Timer.builder("wf.webhooks.delay")
            .description("From an event's append to its receiver's acknowledgement")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(60))
            .register(registry);
    delivered = attempts(registry, "delivered");
    failed = attempts(registry, "failed");
    dead = attempts(registry, "dead");
    Gauge.builder("wf.webhooks.pending", pending, AtomicLong::get)
        .description("Events on their way to webhooks")
        .register(registry);
    Gauge.builder("wf.webhooks.dead.letters", deadLetters, AtomicLong::get)
        .description("Events that were given up and are kept for redelivery")
        .register(registry);
  }

  void delivered(Duration after) {
    delivered.increment();
    delay.record(after);
  }

  void failed() {
    failed.increment();
  }

  void died() {
    dead.increment();
  }

  void counted(long waiting, long givenUp) {
    pending.set(waiting);
    deadLetters.set(givenUp);
  }

  private static Counter attempts(MeterRegistry registry, String outcome) {
    return Counter.builder("wf.webhooks.attempts")
        .description("Requests to webhooks")
        .tag("outcome", outcome)
        .register(registry);
  }
}
