package dev.wrinklefree.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.testkit.fuzz.Siege;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** Events that are absurd, or none, do not stop the watch. */
@QuarkusTest
@TestProfile(QuickWatch.class)
@WithScriptedSkyPilot
class HostileEventsTest {

  @Test
  void theServiceComesPastThemAll() {
    assertThat(
            Siege.run(
                    "monitor",
                    120,
                    EventType.LAUNCH_ACCEPTED,
                    EventType.LAUNCH_REJECTED,
                    EventType.LAUNCH_SUBMITTED,
                    EventType.LAUNCH_FAILED)
                .toString())
        .contains("readable=");
  }
}
