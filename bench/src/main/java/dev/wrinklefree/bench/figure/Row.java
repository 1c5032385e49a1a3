package dev.wrinklefree.bench.figure;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One figure of the result.
 *
 * @param suite that measured it
 * @param size of the work, for example {@code 3 partitions} or {@code 10×}; empty where there is
 *     one only
 * @param what was measured
 * @param unit of the samples
 * @param samples one per run
 * @param other what it is held against; null where it stands alone
 */
public record Row(
    String suite, String size, String what, Unit unit, Samples samples, @Nullable Peer other) {

  /** Refuses a peer in relation to which there is no finite ratio, while its suite can tell why. */
  public Row {
    if (other != null) {
      samples.ratioTo(other.samples());
    }
  }

  /** A figure that stands alone. */
  public static Row of(String suite, String size, String what, Unit unit, Samples samples) {
    return new Row(suite, size, what, unit, samples, null);
  }

  /** The same beside a peer, without a goal. */
  public Row beside(String peer, Samples peerSamples) {
    return new Row(suite, size, what, unit, samples, new Peer(peer, peerSamples, null));
  }

  /** The same beside a peer, with what the ratio is to be. */
  public Row beside(String peer, Samples peerSamples, Goal goal) {
    return new Row(suite, size, what, unit, samples, new Peer(peer, peerSamples, goal));
  }

  /** What it is held against. */
  public Optional<Peer> peer() {
    return Optional.ofNullable(other);
  }

  /** The figure in relation to its peer's, run by run. */
  public Optional<Samples> ratio() {
    return peer().map(found -> samples.ratioTo(found.samples()));
  }

  /** Whether the median ratio reaches the goal; empty where there is none. */
  public Optional<Boolean> meetsGoal() {
    return peer()
        .flatMap(Peer::goal)
        .flatMap(goal -> ratio().map(ratio -> goal.isMetBy(ratio.median())));
  }
}
