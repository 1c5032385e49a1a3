package dev.wrinklefree.cost.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.JobState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

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
      repeated.add(
          Histories.numbered(observation, repeated.size(), observation.at(), observation.state()));
      Instant later = observation.at().plusSeconds(random.nextInt(600));
      if (observation.state().holdsMachines()) {
        repeated.add(Histories.numbered(observation, repeated.size(), later, observation.state()));
      }
      repeated.add(Histories.numbered(observation, repeated.size(), later, JobState.UNKNOWN));
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

  @Provide
  Arbitrary<List<Observation>> histories() {
    return Histories.any();
  }
}
