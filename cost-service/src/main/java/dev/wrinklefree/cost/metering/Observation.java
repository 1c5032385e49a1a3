package dev.wrinklefree.cost.metering;

import dev.wrinklefree.contract.cloudevents.EventAttributes;
import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.event.JobStateChanged;
import dev.wrinklefree.contract.value.Placement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What one job-state event says that matters for machines.
 *
 * @param identity {@code source} and {@code id} of the event
 * @param sequence its place among the run's events of that source; absent from a stranger
 * @param at when it happened
 * @param state the state from then on
 * @param attempt 1 for the first machines, one more for each recovery
 * @param placement where the machines are; absent while there are none or they are not known
 * @param startedAt when the job first ran; absent before
 */
public record Observation(
    String identity,
    @Nullable Long sequence,
    Instant at,
    JobState state,
    int attempt,
    @Nullable Placement placement,
    @Nullable Instant startedAt) {

  /**
   * The order in which monitor-service said it, whatever the order of delivery. By sequence and not
   * by time: what was said later is better known, even of an earlier time.
   */
  public static final Comparator<Observation> AS_SAID =
      Comparator.comparing(Observation::sequence, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Observation::at)
          .thenComparing(Observation::identity);

  /** What an event says; its times are cut to microseconds, as PostgreSQL keeps them. */
  public static Observation of(EventAttributes attributes, JobStateChanged data) {
    Instant startedAt = data.startedAt();
    return new Observation(
        attributes.identity(),
        attributes.sequence(),
        attributes.time().truncatedTo(ChronoUnit.MICROS),
        data.state(),
        data.attempt(),
        data.placement(),
        startedAt == null ? null : startedAt.truncatedTo(ChronoUnit.MICROS));
  }
}
