package dev.wrinklefree.outbox.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wrinklefree.contract.event.CancelRequested;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.outbox.OutboxUnavailableException;
import dev.wrinklefree.testkit.ContractProducer;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/**
 * The first half: the application is stopped while a record waits for its database. Profiles are
 * run in the order of their names, so {@link StalledIntakeTakenUpTest} starts it again.
 */
@QuarkusTest
@WithPlatform
@TestProfile(StalledIntakeBeforeStopTest.Stopped.class)
class StalledIntakeBeforeStopTest {

  /** Has the first application end with this class. */
  public static final class Stopped implements QuarkusTestProfile {}

  /** System property that hands the run on to the second half. */
  static final String RUN = "dev.wrinklefree.outbox.stalled-run";

  @Inject HandledRepository handled;

  @Test
  void aRecordWaitsForItsDatabaseWhenTheApplicationStops() {
    RunId runId = Fixtures.newRunId();
    handled.failNext(
        runId,
        Collections.nCopies(
            10_000, new OutboxUnavailableException(new SQLException("gone", "08006"))));
    try (ContractProducer producer = new ContractProducer()) {
      producer.send(runId, new CancelRequested("stalled", null));
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> handled.calls(runId) >= 4);

    assertThat(handled.committed(runId)).isEmpty();
    System.setProperty(RUN, runId.value());
  }
}
