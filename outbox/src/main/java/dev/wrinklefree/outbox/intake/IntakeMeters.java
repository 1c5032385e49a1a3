package dev.wrinklefree.outbox.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What is measured of consumed records. Topics and reasons are words of the contract: few. */
final class IntakeMeters {

  private static final String TOPIC = "topic";

  private final MeterRegistry registry;

  IntakeMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A record is dealt with, waits for the database included. */
  void handled(String topic, Outcome outcome, Duration took) {
    Timer.builder("wf.intake.duration")
        .description("From taking a record in hand to its commit, with all waits and repetitions")
        .tag(TOPIC, topic)
        .tag("outcome", outcome.word())
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofSeconds(60))
        .register(registry)
        .record(took);
  }

  /** A record becomes a dead letter. */
  void deadLetter(String topic, String reason) {
    Counter.builder("wf.intake.dead.letters")
        .description("Records that became dead letters")
        .tag(TOPIC, topic)
        .tag("reason", reason)
        .register(registry)
        .increment();
  }

  /** What became of a record. */
  enum Outcome {
    /** Handled and committed. */
    HANDLED("handled"),
    /** Handled before, and so skipped. */
    REPEATED("repeated"),
    /** Its identity was handled with another body; committed as a conflict. */
    CONFLICT("conflict"),
    /** Given up: a dead letter. */
    DEAD_LETTER("dead-letter"),
    /** Left to be delivered again, since the process stops. */
    STOPPED("stopped");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }
}
