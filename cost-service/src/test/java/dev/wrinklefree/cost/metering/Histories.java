package dev.wrinklefree.cost.metering;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.value.Placement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Job states of a run in the order said, with times that mostly go on and sometimes go back. */
public final class Histories {

  private Histories() {}

  /** Up to a dozen states of any kind. */
  public static Arbitrary<List<Observation>> any() {
    Arbitrary<Observation> step =
        Combinators.combine(
                Arbitraries.of(JobState.class),
                Arbitraries.integers().between(1, 4),
                Arbitraries.of(Said.NEBIUS, Said.GCP).injectNull(0.3),
                Arbitraries.integers().between(-300, 3600),
                Arbitraries.integers().between(0, 900).injectNull(0.6))
            .as(
                (state, attempt, placement, gap, started) ->
                    new Observation(
                        "",
                        null,
                        Said.T0.plusSeconds(gap),
                        state,
                        attempt,
                        placement,
                        start(started)));
    return step.list().ofMaxSize(12).map(Histories::inSequence);
  }

  private static @Nullable Instant start(@Nullable Integer seconds) {
    return seconds == null ? null : Said.T0.plusSeconds(seconds);
  }

  private static List<Observation> inSequence(List<Observation> steps) {
    List<Observation> history = new ArrayList<>();
    Instant at = Said.T0;
    for (Observation step : steps) {
      at = at.plusSeconds(step.at().getEpochSecond() - Said.T0.getEpochSecond());
      history.add(numbered(step, history.size(), at, step.state()));
    }
    return List.copyOf(history);
  }

  static Observation numbered(Observation observation, int index, Instant at, JobState state) {
    Placement placement = observation.placement();
    return new Observation(
        "my-run:" + (index + 1),
        index + 1L,
        at,
        state,
        observation.attempt(),
        placement,
        observation.startedAt());
  }
}
