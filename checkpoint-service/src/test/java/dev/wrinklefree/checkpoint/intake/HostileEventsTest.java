package dev.wrinklefree.checkpoint.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.testkit.StorageResource;
import dev.wrinklefree.testkit.WithPlatform;
import dev.wrinklefree.testkit.fuzz.Siege;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Events that are absurd, or none, do not stop the watch. */
@QuarkusTest
@WithPlatform
@QuarkusTestResource(StorageResource.class)
class HostileEventsTest {

  @Test
  void theServiceComesPastThemAll() {
    assertThat(
            Siege.run(
                    "checkpoint",
                    120,
                    EventType.JOB_STATE_CHANGED,
                    EventType.LAUNCH_ACCEPTED,
                    EventType.LAUNCH_SUBMITTED,
                    EventType.LAUNCH_FAILED)
                .toString())
        .contains("readable=");
  }
}
