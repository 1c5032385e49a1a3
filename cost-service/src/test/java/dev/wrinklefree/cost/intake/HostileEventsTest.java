package dev.wrinklefree.cost.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.testkit.WithPlatform;
import dev.wrinklefree.testkit.fuzz.Siege;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Events that are absurd, or none, do not stop the books. */
@QuarkusTest
@WithPlatform
class HostileEventsTest {

  @Test
  void theServiceComesPastThemAll() {
    assertThat(
            Siege.run(
                    "cost",
                    120,
                    EventType.JOB_STATE_CHANGED,
                    EventType.LAUNCH_ACCEPTED,
                    EventType.LAUNCH_FAILED,
                    EventType.CHECKPOINT_WRITTEN,
                    EventType.TRAINING_PROGRESSED)
                .toString())
        .contains("readable=");
  }
}
