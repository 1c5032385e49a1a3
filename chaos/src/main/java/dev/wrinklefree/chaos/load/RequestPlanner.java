package dev.wrinklefree.chaos.load;

import dev.wrinklefree.contract.value.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Plans the requests of each round: launches at a steady pace, and beside them what people and
 * programs really send: the same again, another one under the same name, wrong ones, cancels at
 * every moment, and what is no request at all.
 */
public final class RequestPlanner {

  private static final Duration PACE = Duration.ofMillis(1_300);
  private static final String MODEL = "smollm2_135m";

  /** Shares of launches, in percent, of which each has something besides. */
  private static final int INVALID = 10;

  private static final int REPEATED = 12;
  private static final int CONFLICTING = 8;
  private static final int CANCELLED_BEFORE = 6;
  private static final int CANCELLED_DURING = 12;
  private static final int CANCELLED_LATER = 10;
  private static final int FAILING = 6;
  private static final int WITH_NOISE = 6;
  private static final int WITH_UNKNOWN_CANCEL = 4;

  private final String prefix;
  private final Duration roundLength;
  private final RandomGenerator random;

  /**
   * @param seed part of each run's name
   * @param roundLength time over which a round's requests are spread
   * @param random decides
   */
  public RequestPlanner(long seed, Duration roundLength, RandomGenerator random) {
    this.roundLength = roundLength;
    this.prefix = "chaos-" + Long.toHexString(seed);
    this.random = random;
  }

  /** The requests of one round in the order of their times. */
  public List<Request> round(int number) {
    List<Request> requests = new ArrayList<>();
    int count = Math.toIntExact(roundLength.dividedBy(PACE));
    for (int i = 0; i < count; i++) {
      addLaunch(requests, PACE.multipliedBy(i), "%s-%d-%d".formatted(prefix, number, i));
    }
    requests.sort(Comparator.comparing(Request::at));
    return requests;
  }

  private void addLaunch(List<Request> requests, Duration at, String name) {
    RunId run = new RunId(name);
    boolean invalid = chance(INVALID);
    Request.Shape shape =
        new Request.Shape(
            invalid ? Request.Shape.NO_MODEL : MODEL, random.nextInt(1, 4), chance(FAILING));
    requests.add(new Request.Launch(at, run, name, shape));
    if (chance(REPEATED)) {
      requests.add(new Request.Launch(later(at, 0, 4_000), run, name, shape));
    }
    if (chance(CONFLICTING)) {
      Request.Shape other = new Request.Shape(MODEL, shape.checkpoints() + 1, shape.fails());
      requests.add(new Request.Launch(later(at, 100, 4_000), run, name + "-other", other));
    }
    if (chance(CANCELLED_BEFORE)) {
      requests.add(new Request.Cancel(earlier(at), run, name + "-early"));
    }
    if (chance(CANCELLED_DURING)) {
      requests.add(new Request.Cancel(later(at, 0, 600), run, name + "-now"));
    }
    if (chance(CANCELLED_LATER)) {
      requests.add(new Request.Cancel(later(at, 1_000, 5_000), run, name + "-later"));
    }
    if (chance(WITH_NOISE)) {
      requests.add(new Request.Noise(at, name + "-noise"));
    }
    if (chance(WITH_UNKNOWN_CANCEL)) {
      requests.add(new Request.Cancel(at, new RunId(name + "-nobody"), name + "-nobody"));
    }
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private Duration later(Duration at, int atLeastMillis, int atMostMillis) {
    return at.plusMillis(random.nextInt(atLeastMillis, atMostMillis));
  }

  private static Duration earlier(Duration at) {
    Duration earlier = at.minusMillis(1_500);
    return earlier.isNegative() ? Duration.ZERO : earlier;
  }
}
