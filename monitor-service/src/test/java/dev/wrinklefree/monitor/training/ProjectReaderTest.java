package dev.wrinklefree.monitor.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.monitor.script.ScriptedWandb;
import dev.wrinklefree.monitor.script.ScriptedWandb.Fault;
import dev.wrinklefree.monitor.training.ProjectReader.Reading;
import dev.wrinklefree.monitor.wandb.WandbClient;
import dev.wrinklefree.monitor.wandb.WandbSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often W&amp;B is asked. */
class ProjectReaderTest {
  private static final Project PROJECT = new Project("team", "proj");
  private static final List<String> IDS = List.of("run-1", "run-2");

  private final ScriptedWandb server = new ScriptedWandb();
  private final WandbClient client =
      new WandbClient(
          new WandbSettings(server.endpoint(), ScriptedWandb.KEY, Duration.ofSeconds(5), 100));
  private Instant now = Instant.parse("2026-11-23T10:00:00Z");
  private final ProjectReader reader = new ProjectReader(client, () -> now, new Random(1));

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void oneQuestionForAllRunsOfAProject() {
    assertThat(reader.read(PROJECT, IDS)).isInstanceOf(Reading.Answered.class);
    assertThat(server.asked()).hasSize(1);
    assertThat(server.asked().getFirst().at("/variables/filters").asText())
        .isEqualTo("{\"name\":{\"$in\":[\"run-1\",\"run-2\"]}}");
  }

  @Test
  void ownEntityIsAskedForOnce() {
    Project own = new Project(null, "proj");
    assertThat(reader.read(own, IDS)).isInstanceOf(Reading.Answered.class);
    assertThat(reader.read(own, IDS)).isInstanceOf(Reading.Answered.class);
    assertThat(server.asked()).hasSize(3);
    assertThat(server.asked().getLast().at("/variables/entity").asText())
        .isEqualTo(ScriptedWandb.ENTITY);
  }

  @Test
  void refusalForAskingTooOftenIsHonouredAndConcernsItsProjectOnly() {
    server.become(new Fault(429, "", Map.of("Retry-After", "40")));
    assertThat(reader.read(PROJECT, IDS)).isInstanceOf(Reading.Failed.class);
    server.become(null);
    assertThat(reader.read(PROJECT, IDS)).isInstanceOf(Reading.Resting.class);
    pass(39);
    assertThat(reader.read(PROJECT, IDS)).isInstanceOf(Reading.Resting.class);
    assertThat(reader.read(new Project("team", "other"), IDS)).isInstanceOf(Reading.Answered.class);
    pass(3);
    assertThat(reader.read(PROJECT, IDS)).isInstanceOf(Reading.Answered.class);
    assertThat(server.asked()).hasSize(3);
  }

  @Test
  void usedUpAllowanceIsRestedOut() {
    server.head(Map.of("RateLimit-Remaining", "0", "RateLimit-Reset", "20"));
    assertThat(reader.read(PROJECT, IDS)).isInstanceOf(Reading.Answered.class);
    pass(19);
    assertThat(reader.read(PROJECT, IDS)).isInstanceOf(Reading.Resting.class);
    pass(1);
    assertThat(reader.read(PROJECT, IDS)).isInstanceOf(Reading.Answered.class);
  }

  @ParameterizedTest
  @CsvSource({"500, 2 4 8 16 32 60 60", "401, 60 60 60"})
  void pausesGrowWithFailures(int status, String pauses) {
    server.become(Fault.of(status));
    for (String pause : pauses.split(" ", -1)) {
      int asked = server.asked().size();
      assertThat(reader.read(PROJECT, IDS)).isInstanceOf(Reading.Failed.class);
      pass(Integer.parseInt(pause) - 1);
      assertThat(reader.read(PROJECT, IDS)).isInstanceOf(Reading.Resting.class);
      // The pause is spread by a quarter at most.
      pass(1 + Integer.parseInt(pause) / 4 + 1);
      assertThat(server.asked()).hasSizeBetween(asked, asked + 1);
    }
    server.become(null);
    assertThat(reader.read(PROJECT, IDS)).isInstanceOf(Reading.Answered.class);
    assertThat(reader.read(PROJECT, IDS)).isInstanceOf(Reading.Answered.class);
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }
}
