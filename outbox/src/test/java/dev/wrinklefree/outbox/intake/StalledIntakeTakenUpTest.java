package dev.wrinklefree.outbox.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.outbox.intake.HandledRepository.Handled;
import dev.wrinklefree.testkit.ContractConsumer;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The second half of {@link StalledIntakeBeforeStopTest}: an application after that one. */
@QuarkusTest
@WithPlatform
@TestProfile(StalledIntakeTakenUpTest.Restarted.class)
class StalledIntakeTakenUpTest {

  /** Starts an application of its own for this class. */
  public static final class Restarted implements QuarkusTestProfile {}

  @Inject HandledRepository handled;

  @Test
  void theRecordIsHandledAfterTheRestartAndWasNoDeadLetter() {
    String run = System.getProperty(StalledIntakeBeforeStopTest.RUN);
    assumeTrue(run != null, "only in one JVM with StalledIntakeBeforeStopTest");
    RunId runId = new RunId(run);

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(handled.committed(runId))
                    .containsExactly(new Handled("stalled", false)));
    try (ContractConsumer consumer = ContractConsumer.ofDeadLetters(Topic.CANCEL_REQUESTED)) {
      assertThat(consumer.records()).noneMatch(record -> run.equals(record.key()));
    }
  }
}
