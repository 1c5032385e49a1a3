package dev.wrinklefree.delivery.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.contract.event.JobState;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.outbox.OutboundEvent;
import dev.wrinklefree.outbox.Outbox;
import dev.wrinklefree.testkit.Fixtures;
import dev.wrinklefree.testkit.WithPlatform;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@QuarkusTest
@WithPlatform
@SuppressWarnings("NullAway.Init") // injected
class StreamLatencyTest {

  private static final Logger LOGGER = LoggerFactory.getLogger(StreamLatencyTest.class);
  private static final int EVENTS = 200;

  @TestHTTPResource("/jobs/events")
  URI address;

  @Inject Outbox outbox;

  @Test
  void takesMillisecondsFromCommitToClient() {
    RunId run = Fixtures.newRunId();
    List<Duration> delays = new ArrayList<>();
    try (SseClient client = new SseClient(URI.create(address + "?runId=" + run), null)) {
      client.next();
      for (int i = 0; i < EVENTS; i++) {
        Instant now = Fixtures.REQUESTED_AT;
        QuarkusTransaction.requiringNew()
            .run(
                () ->
                    outbox.append(
                        new OutboundEvent(
                            run,
                            Fixtures.jobStateChanged(run, JobState.RUNNING, JobState.STARTING),
                            now,
                            now,
                            null,
                            null,
                            null)));
        long committed = System.nanoTime();
        client.nextEvent();
        delays.add(Duration.ofNanos(System.nanoTime() - committed));
      }
    }
    delays.sort(null);
    LOGGER.info(
        "Commit to server-sent event: p50 {} ms, p99 {} ms",
        delays.get(EVENTS / 2).toMillis(),
        delays.get(EVENTS * 99 / 100).toMillis());
    assertThat(delays.get(EVENTS / 2)).isLessThan(Duration.ofSeconds(1));
  }
}
