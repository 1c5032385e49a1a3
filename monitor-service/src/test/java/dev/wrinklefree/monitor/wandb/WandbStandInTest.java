package dev.wrinklefree.monitor.wandb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wrinklefree.monitor.script.ReportingTrainer;
import dev.wrinklefree.monitor.wandb.LoggedValue.Finite;
import dev.wrinklefree.monitor.wandb.LoggedValue.NotFinite;
import dev.wrinklefree.monitor.wandb.WandbException.Kind;
import dev.wrinklefree.sandbox.wandb.WandbServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client against the sandbox's stand-in, to which W&amp;B's own SDK reports too. */
class WandbStandInTest {
  private static final String PROJECT = "wrinklefree-fairy2";

  private WandbServer server;
  private WandbClient client;

  @BeforeEach
  void start() throws IOException {
    server = WandbServer.start(0);
    client =
        new WandbClient(
            new WandbSettings(server.endpoint(), server.apiKey(), Duration.ofSeconds(10), 2));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void readsWhatTrainersReported() {
    for (String run : List.of("run-1", "run-2", "run-3", "run-4")) {
      try (ReportingTrainer trainer = new ReportingTrainer(server, PROJECT, run)) {
        trainer.log(100, "2.5");
        if (run.equals("run-2")) {
          trainer.log(200, "NaN");
        }
        if (run.equals("run-3")) {
          trainer.finish();
        }
      }
    }

    List<WandbSighting> runs =
        client.runs(server.entity(), PROJECT, List.of("run-1", "run-2", "run-3", "run-9")).runs();

    assertThat(runs).extracting(WandbSighting::id).containsExactly("run-1", "run-2", "run-3");
    assertThat(runs)
        .extracting(WandbSighting::state)
        .containsExactly("running", "running", "finished");
    assertThat(runs)
        .extracting(run -> run.summary() == null ? null : run.summary().values().get("train/loss"))
        .containsExactly(new Finite(2.5), new NotFinite(), new Finite(2.5));
    assertThat(runs.getFirst().heartbeatAt())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
  }

  @Test
  void projectAndAccountAreKnown() {
    assertThat(client.viewer().entity()).isEqualTo(server.entity());
    assertThat(client.runs(server.entity(), "no-such-project", List.of("run-1")).runs()).isEmpty();
    try (WandbClient stranger =
        new WandbClient(
            new WandbSettings(server.endpoint(), "wrong-key", Duration.ofSeconds(10), 2))) {
      assertThat(catchThrowableOfType(WandbException.class, stranger::viewer).kind())
          .isEqualTo(Kind.UNAUTHORIZED);
    }
  }
}
