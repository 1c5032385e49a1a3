package dev.wrinklefree.cost.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.value.Placement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class MeterPropertiesTest {

  private static final String SEED = "20261123";

  @Property(seed = SEED)
  void anyOrderAndRepetitionOfDeliveryGivesTheSameTimeline(
      @ForAll("histories") List<Observation> history, @ForAll Random random) {
    List<Observation> delivered = new ArrayList<>(history);
    history.stream().filter(observation -> random.nextBoolean()).forEach(delivered::add);
    Collections.shuffle(delivered, random);

    assertThat(Meter.read(delivered)).isEqualTo(Meter.read(history));
  }

  @Property(seed = SEED)
  void intervalsAreInOrderAndNeverOverlap(@ForAll("histories") List<Observation> history) {
    List<MachineInterval> intervals = Meter.read(history).intervals();

    for (int i = 1; i < intervals.size(); i++) {
      Instant end = intervals.get(i - 1).to();
      assertThat(end).isNotNull().isBeforeOrEqualTo(intervals.get(i).from());
    }
  }

  @Property(seed = SEED)
  void sayingTheSameAgainLaterChangesNothing(
      @ForAll("histories") List<Observation> history, @ForAll Random random) {
    List<Observation> repeated = new ArrayList<>();
    for (Observation observation : history) {
      repeated.add(numbered(observation, repeated.size(), observation.at(), observation.state()));
      Instant later = observation.at().plusSeconds(random.nextInt(600));
      if (observation.state().holdsMachines()) {
        repeated.add(numbered(observation, repeated.size(), later, observation.state()));
      }
      repeated.add(numbered(observation, repeated.size(), later, JobState.UNKNOWN));
    }

    assertThat(Meter.read(repeated)).isEqualTo(Meter.read(history));
  }

  @Property(seed = SEED)
  void theLastWordDecidesWhetherMachinesExist(@ForAll("histories") List<Observation> history) {
    Timeline timeline = Meter.read(history);
    JobState last =
        history.stream()
            .map(Observation::state)
            .filter(state -> state != JobState.UNKNOWN)
            .reduce(JobState.PENDING, (earlier, later) -> later);

    assertThat(timeline.ended()).isEqualTo(last.isTerminal());
    if (!last.holdsMachines()) {
      assertThat(timeline.accruing()).isFalse();
    } else if (last != JobState.CANCELLING) {
      assertThat(timeline.accruing()).isTrue();
    }
  }

  /** Histories in the order said, with times that mostly go on and sometimes go back. */
  @Provide
  Arbitrary<List<Observation>> histories() {
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
    return step.list().ofMaxSize(12).map(MeterPropertiesTest::inSequence);
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

  private static Observation numbered(
      Observation observation, int index, Instant at, JobState state) {
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
