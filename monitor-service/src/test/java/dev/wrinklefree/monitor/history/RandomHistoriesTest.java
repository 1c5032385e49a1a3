package dev.wrinklefree.monitor.history;

import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * What the watch tells is true, and all that stays true is told, in random histories of a modelled
 * server. A failure prints the history and its seed; {@code -Dhistory.seed=…} lives that one
 * through again, and {@code -Dhistory.count=…} as many more as one likes.
 */
class RandomHistoriesTest {
  private static final String SEED = "history.seed";
  private static final String COUNT = "history.count";

  private static final Logger CHATTER = Logger.getLogger("dev.wrinklefree.monitor");

  /** Thousands of outages are not worth a line each. */
  @BeforeContainer
  static void quiet() {
    CHATTER.setLevel(Level.OFF);
  }

  @AfterContainer
  static void loud() {
    CHATTER.setLevel(null);
  }

  @Property(
      seed = "47",
      tries = 1_000,
      generation = GenerationMode.RANDOMIZED,
      shrinking = ShrinkingMode.OFF)
  void whatIsToldIsTrueAndWhatStaysTrueIsTold(@ForAll long seed) {
    unfold(seed);
  }

  @Example
  void seedThatIsGivenIsLivedThroughAgain() {
    Long seed = Long.getLong(SEED);
    History history = unfold(seed == null ? 1 : seed);
    if (seed != null) {
      history.story().forEach(System.out::println);
    }
  }

  @Example
  void asManyMoreAsAreAskedFor() {
    Integer asked = Integer.getInteger(COUNT);
    // Others each time for who asks; a build fails by what was changed, and not by chance.
    long first = asked == null ? 20_261_123 : new Random().nextLong();
    int count = asked == null ? 10 : asked;
    for (int i = 0; i < count; i++) {
      unfold(first + i);
    }
    System.out.printf("%d more random histories from seed %d%n", count, first);
  }

  private static History unfold(long seed) {
    History history = new History(seed);
    try {
      history.unfold();
      return history;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "history of seed %d (again: -D%s=%d): %s%n%s"
              .formatted(
                  seed,
                  SEED,
                  seed,
                  e.getMessage(),
                  String.join(System.lineSeparator(), history.story())),
          e);
    }
  }
}
