package dev.wrinklefree.cost.metering;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.value.Placement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a run's job states when machines existed. The same states give the same time line,
 * however often and in whatever order they were delivered.
 *
 * <ul>
 *   <li>Machines exist while the state {@link JobState#holdsMachines()}; {@code UNKNOWN} changes
 *       nothing.
 *   <li>New machines are a new interval: a grown attempt, even if no gap was seen, and a placement
 *       that contradicts the one before. A placement that only says more does not.
 *   <li>A cancellation goes on with the machines there are; without a placement it has none.
 *   <li>Where the first machines came and perhaps went unseen, the job's own start tells of them.
 *   <li>A time before the start of the current interval, or before the end of the last, counts as
 *       that instant: what was counted and closed stays.
 * </ul>
 */
public final class Meter {

  private final List<MachineInterval> closed = new ArrayList<>();
  private @Nullable Instant openFrom;
  private @Nullable Placement openPlacement;
  private int attempt;
  private boolean ended;

  private Meter() {}

  /** The time line of one run. */
  public static Timeline read(Collection<Observation> observations) {
    Set<String> seen = new HashSet<>();
    Meter meter = new Meter();
    observations.stream()
        .filter(observation -> observation.state() != JobState.UNKNOWN)
        .sorted(Observation.AS_SAID)
        .filter(observation -> seen.add(observation.identity()))
        .forEach(meter::take);
    return meter.timeline();
  }

  private void take(Observation said) {
    ended = said.state().isTerminal();
    Instant from = openFrom;
    if (said.state().holdsMachines()) {
      if (from == null) {
        openFirst(said);
      } else if (said.attempt() > attempt
          || !Machines.canBeTheSame(openPlacement, said.placement())) {
        close(from, said.at());
        open(said.at(), said);
      } else {
        openPlacement = Machines.together(openPlacement, said.placement());
      }
    } else if (from != null) {
      if (Machines.canBeTheSame(openPlacement, said.placement())) {
        openPlacement = Machines.together(openPlacement, said.placement());
      }
      close(from, said.at());
    } else if (unseenStart(said) instanceof Instant start) {
      open(start, said);
      close(start, said.at());
    }
  }

  private void openFirst(Observation said) {
    if (said.state() == JobState.CANCELLING && said.placement() == null) {
      return;
    }
    Instant start = unseenStart(said);
    open(start == null ? said.at() : start, said);
  }

  /** When machines came that no earlier state told of, or null. */
  private @Nullable Instant unseenStart(Observation said) {
    Instant startedAt = said.startedAt();
    return closed.isEmpty() && startedAt != null && startedAt.isBefore(said.at())
        ? startedAt
        : null;
  }

  private void open(Instant from, Observation said) {
    openFrom = closed.isEmpty() ? from : later(from, closed.getLast().to());
    openPlacement = Machines.withoutZone(said.placement());
    attempt = said.attempt();
  }

  private void close(Instant from, Instant at) {
    closed.add(new MachineInterval(from, later(at, from), openPlacement));
    openFrom = null;
    openPlacement = null;
  }

  private Timeline timeline() {
    List<MachineInterval> intervals = new ArrayList<>(closed);
    Instant from = openFrom;
    if (from != null) {
      intervals.add(new MachineInterval(from, null, openPlacement));
    }
    return new Timeline(intervals, ended);
  }

  private static Instant later(Instant one, @Nullable Instant other) {
    return other != null && other.isAfter(one) ? other : one;
  }
}
