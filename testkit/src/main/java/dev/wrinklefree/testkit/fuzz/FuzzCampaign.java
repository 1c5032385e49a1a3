package dev.wrinklefree.testkit.fuzz;

import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs many generated cases and counts what became of them. Each case has random numbers of its
 * own, drawn from the campaign's seed and the case's number, so that one alone can be repeated:
 * {@code -Dfuzz.seed=… -Dfuzz.case=…}. {@code -Dfuzz.cases=…} makes campaigns longer or shorter.
 */
public final class FuzzCampaign {

  /** The same cases in every build. */
  private static final long DEFAULT_SEED = 20261123;

  /** Far more than a case needs, far less than a reader that hangs. */
  private static final Duration LONGEST_CASE = Duration.ofSeconds(5);

  private static final Logger LOGGER = LoggerFactory.getLogger(FuzzCampaign.class);

  private final String name;
  private final int cases;
  private final long seed = Long.getLong("fuzz.seed", DEFAULT_SEED);
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private long nanos;
  private long slowestNanos;

  private FuzzCampaign(String name, int cases) {
    this.name = name;
    this.cases = cases;
  }

  /** One case. */
  @FunctionalInterface
  public interface Case {

    /**
     * Runs it.
     *
     * @return a word for what became of it, to be counted
     * @throws Exception if it is wrong; so does an {@link AssertionError}
     */
    String run(SplittableRandom random, int number) throws Exception;
  }

  /**
   * A campaign.
   *
   * @param cases how many, unless {@code fuzz.cases} says otherwise
   */
  public static FuzzCampaign of(String name, int cases) {
    return new FuzzCampaign(name, Integer.getInteger("fuzz.cases", cases));
  }

  /**
   * A campaign whose cases are dear, since each needs a broker or a socket.
   *
   * @param cases how many; where {@code fuzz.cases} is given, a tenth of that
   */
  public static FuzzCampaign ofDear(String name, int cases) {
    Integer given = Integer.getInteger("fuzz.cases");
    return new FuzzCampaign(name, given == null ? cases : Math.max(1, given / 10));
  }

  /** How many cases it has. */
  public int cases() {
    return cases;
  }

  /** Random numbers for that case, the same for the same seed. */
  public SplittableRandom random(int number) {
    return new SplittableRandom(seed * 1_000_003L + number);
  }

  /** Counts an outcome that becomes known later than its case. */
  public void count(String outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
  }

  /** How often that was the outcome. */
  public int count(String outcome, int otherwise) {
    return outcomes.getOrDefault(outcome, otherwise);
  }

  /**
   * Runs all cases, or the one that {@code fuzz.case} names.
   *
   * @throws AssertionError for the first case that is wrong or takes too long, with how to repeat
   *     it
   */
  public void run(Case body) {
    Integer only = Integer.getInteger("fuzz.case");
    for (int number = only == null ? 0 : only;
        number < (only == null ? cases : only + 1);
        number++) {
      long start = System.nanoTime();
      try {
        count(body.run(random(number), number));
      } catch (Exception | AssertionError | StackOverflowError e) {
        throw new AssertionError(
            "%s is wrong; repeat with -Dfuzz.seed=%d -Dfuzz.case=%d".formatted(name, seed, number),
            e);
      }
      long took = System.nanoTime() - start;
      nanos += took;
      slowestNanos = Math.max(slowestNanos, took);
      if (took > LONGEST_CASE.toNanos()) {
        throw new AssertionError(
            "%s took %d ms; repeat with -Dfuzz.seed=%d -Dfuzz.case=%d"
                .formatted(name, took / 1_000_000, seed, number));
      }
    }
  }

  /** One line for the log: what was run, and what came of it. */
  public void report() {
    LOGGER.info("{}", this);
  }

  @Override
  public String toString() {
    return "fuzz %s: seed %d, %d cases in %.1f s, slowest %d ms: %s"
        .formatted(
            name,
            seed,
            outcomes.values().stream().mapToInt(Integer::intValue).sum(),
            nanos / 1e9,
            slowestNanos / 1_000_000,
            outcomes);
  }
}
