package dev.wrinklefree.launch.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.launch.run.RunState;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * In the end a run has at most one live job, and none if it was cancelled or failed, whatever went
 * wrong on the way. A failing case prints its seed and its whole story.
 */
class AtMostOneJobPropertyTest {

  private static final Logger SERVICE = Logger.getLogger("dev.wrinklefree.launch");

  /** Thousands of lives are too much to read; a failing one tells its story itself. */
  @BeforeContainer
  @BeforeAll
  static void silence() {
    SERVICE.setLevel(Level.OFF);
  }

  @AfterContainer
  @AfterAll
  static void speak() {
    SERVICE.setLevel(null);
  }

  @Property(tries = 3_000, seed = "20261123", shrinking = ShrinkingMode.OFF)
  void aRunHasAtMostOneLiveJobInTheEndAndNoneIfCancelled(@ForAll long seed) {
    Simulation.Outcome outcome = new Simulation(seed).run();
    Statistics.label("ends").collect(outcome.state().getClass().getSimpleName());
    Statistics.label("requests sent").collect(Math.min(outcome.requests(), 5));
    Statistics.label("jobs ever").collect(Math.min(outcome.jobs(), 4));
    Statistics.label("cancelled").collect(outcome.cancelled());
  }

  /** The troubles do happen: a simulation in which nothing goes wrong would prove nothing. */
  @Test
  void theTroublesHappen() {
    int twins = 0;
    int cancelled = 0;
    int failed = 0;
    for (long seed = 0; seed < 500; seed++) {
      Simulation.Outcome outcome = new Simulation(seed).run();
      twins += outcome.jobs() > 1 ? 1 : 0;
      cancelled += outcome.cancelled() ? 1 : 0;
      failed += outcome.state() instanceof RunState.Failed ? 1 : 0;
    }
    assertThat(twins).as("runs with a second job on the way").isGreaterThan(10);
    assertThat(cancelled).as("cancelled runs").isGreaterThan(50);
    assertThat(failed).as("failed runs").isGreaterThan(5);
  }
}
