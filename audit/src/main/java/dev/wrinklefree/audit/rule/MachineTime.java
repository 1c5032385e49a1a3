package dev.wrinklefree.audit.rule;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Placement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a run had machines, computed anew from its job states by the words of cost-service's
 * description, and not by its code.
 */
final class MachineTime {

  private MachineTime() {}

  /**
   * What a job state says of machines.
   *
   * @param at when it happened
   * @param state the state from then on
   * @param attempt 1 for the first machines
   * @param placement where they are; absent where that is not known or there are none
   * @param startedAt when the job first ran; absent before
   */
  record Said(
      Instant at,
      JobState state,
      int attempt,
      @Nullable Placement placement,
      @Nullable Instant startedAt) {}

  /**
   * A time with the same machines.
   *
   * @param to absent while they exist
   * @param attempt the attempt that they belong to
   */
  record Machines(Instant from, @Nullable Instant to, @Nullable Placement placement, int attempt) {

    Machines until(Instant end) {
      return new Machines(from, end.isBefore(from) ? from : end, placement, attempt);
    }

    Machines at(@Nullable Placement other) {
      return new Machines(from, to, together(placement, other), attempt);
    }

    boolean fits(@Nullable Placement other) {
      return placement == null
          || other == null
          || (placement.cloud().equals(other.cloud())
              && placement.spot() == other.spot()
              && placement.nodes() == other.nodes()
              && sameWhereBothSay(placement.region(), other.region())
              && sameWhereBothSay(placement.instanceType(), other.instanceType())
              && sameWhereBothSay(placement.accelerators(), other.accelerators()));
    }
  }

  /** The intervals, oldest first; only the last can be open. */
  static List<Machines> of(List<Said> states) {
    List<Machines> all = new ArrayList<>();
    for (Said said : states) {
      Machines open = all.isEmpty() || all.getLast().to() != null ? null : all.getLast();
      boolean holds = said.state().holdsMachines();
      if (said.state() == JobState.UNKNOWN) {
        continue;
      }
      if (open == null) {
        come(all, said, holds);
      } else if (holds && said.attempt() <= open.attempt() && open.fits(said.placement())) {
        all.set(all.size() - 1, open.at(said.placement()));
      } else {
        Machines known = !holds && open.fits(said.placement()) ? open.at(said.placement()) : open;
        all.set(all.size() - 1, known.until(said.at()));
        if (holds) {
          all.add(begin(all, said.at(), said));
        }
      }
    }
    return all;
  }

  /** The first machines may have come before anybody looked; the job's own start tells. */
  private static void come(List<Machines> all, Said said, boolean holds) {
    Instant start = said.startedAt();
    boolean unseen = all.isEmpty() && start != null && start.isBefore(said.at());
    boolean none = said.state() == JobState.CANCELLING && said.placement() == null;
    if (holds && !none) {
      all.add(begin(all, unseen && start != null ? start : said.at(), said));
    } else if (!holds && unseen && start != null) {
      all.add(begin(all, start, said).until(said.at()));
    }
  }

  private static Machines begin(List<Machines> before, Instant at, Said said) {
    Instant free = before.isEmpty() ? at : Objects.requireNonNull(before.getLast().to());
    return new Machines(
        at.isBefore(free) ? free : at, null, together(said.placement(), null), said.attempt());
  }

  private static <T> boolean sameWhereBothSay(@Nullable T one, @Nullable T other) {
    return one == null || other == null || one.equals(other);
  }

  /** Without the zone, which no price depends on. */
  private static @Nullable Placement together(@Nullable Placement one, @Nullable Placement other) {
    Placement first = one == null ? other : one;
    if (first == null) {
      return null;
    }
    Placement second = other == null ? first : other;
    String region = first.region() == null ? second.region() : first.region();
    String type = first.instanceType() == null ? second.instanceType() : first.instanceType();
    Accelerators gpus = first.accelerators() == null ? second.accelerators() : first.accelerators();
    return new Placement(first.cloud(), region, null, type, gpus, first.spot(), first.nodes());
  }
}
