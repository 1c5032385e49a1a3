package dev.wrinklefree.monitor.wandb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wrinklefree.monitor.script.ScriptedWandb;
import dev.wrinklefree.monitor.script.ScriptedWandb.Fault;
import dev.wrinklefree.monitor.script.ScriptedWandb.Run;
import dev.wrinklefree.monitor.wandb.LoggedValue.Finite;
import dev.wrinklefree.monitor.wandb.LoggedValue.NotFinite;
import dev.wrinklefree.monitor.wandb.WandbException.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WandbClientTest {
  private final ScriptedWandb server = new ScriptedWandb();
  private final WandbClient client = client(server.endpoint(), ScriptedWandb.KEY, 2);

  private static WandbClient client(URI endpoint, String key, int pageSize) {
    return new WandbClient(new WandbSettings(endpoint, key, Duration.ofSeconds(5), pageSize));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void findsTheRunsByTheirIdsPageByPage() {
    for (String id : List.of("run-1", "run-2", "run-3", "other")) {
      server.put(new Run(id, "running", "2026-11-23T10:00:00", ScriptedWandb.summary(5, "2.5")));
    }

    ProjectRuns found = client.runs("team", "proj", List.of("run-1", "run-2", "run-3", "run-4"));

    assertThat(found.runs())
        .extracting(WandbSighting::id)
        .containsExactly("run-1", "run-2", "run-3");
    assertThat(found.rest()).isNull();
    WandbSighting run = found.runs().getFirst();
    assertThat(run.state()).isEqualTo("running");
    assertThat(run.heartbeatAt()).isEqualTo(Instant.parse("2026-11-23T10:00:00Z"));
    assertThat(run.url()).isEqualTo(server.endpoint() + "/team/proj/runs/run-1");
    assertThat(server.asked()).hasSize(2);
  }

  @Test
  void survivesEverythingThatWandbCallsJson() {
    String summary =
        "{\"a\": NaN, \"b\": Infinity, \"c\": \"-Infinity\", \"d\": 1e999, \"e\": 1.5, \"f\":"
            + " \"text\", \"g\": {\"min\": 1}, \"h\": \"line\u0001break\", \"_timestamp\":"
            + " 1763892000.25}";
    server.put(new Run("run-1", "hibernating", "2026-11-23T10:00:00Z", summary));

    WandbSighting run = client.runs("team", "proj", List.of("run-1")).runs().getFirst();

    assertThat(run.state()).isEqualTo("hibernating");
    assertThat(run.summary())
        .isEqualTo(
            new Summary(
                Map.of(
                    "a", new NotFinite(),
                    "b", new NotFinite(),
                    "c", new NotFinite(),
                    "d", new NotFinite(),
                    "e", new Finite(1.5),
                    "_timestamp", new Finite(1763892000.25)),
                Instant.parse("2025-11-23T10:00:00.250Z")));
  }

  @Test
  void figuresThatCannotBeReadLeaveTheRestOfTheRun() {
    server.put(new Run("run-1", "crashed", "yesterday", "{\"a\": "));

    WandbSighting run = client.runs("team", "proj", List.of("run-1")).runs().getFirst();

    assertThat(run.state()).isEqualTo("crashed");
    assertThat(run.heartbeatAt()).isNull();
    assertThat(run.summary()).isNull();
  }

  @Test
  void projectThatIsNotThereHasNoRunsYet() {
    server.become(new Fault(200, "{\"data\":{\"project\":null}}", Map.of()));
    assertThat(client.runs("team", "proj", List.of("run-1")).runs()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "401, UNAUTHORIZED",
    "403, UNAUTHORIZED",
    "404, REFUSED",
    "302, REFUSED",
    "422, REFUSED",
    "429, RATE_LIMITED",
    "408, UNAVAILABLE",
    "500, UNAVAILABLE",
    "503, UNAVAILABLE"
  })
  void failuresAreOfTheirKinds(int status, Kind kind) {
    server.become(Fault.of(status));
    assertThat(failure().kind()).isEqualTo(kind);
    assertThat(server.asked()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"data\": {\"project\": {\"runs\": {\"edges\": [{\"no | UNAVAILABLE",
        "<html>Bad gateway</html> | UNAVAILABLE",
        "{\"data\": {\"project\": {\"runs\": 7}}} | UNAVAILABLE",
        "{\"data\": {\"project\": null}, \"errors\": [{\"message\": \"no access\"}]} | REFUSED",
        "{\"errors\": [{\"message\": \"no such field\"}]} | REFUSED"
      })
  void answersThatAreNoneAreFailures(String body, Kind kind) {
    server.become(new Fault(200, body, Map.of()));
    assertThat(failure().kind()).isEqualTo(kind);
  }

  @Test
  void dataCountBesideErrors() {
    server.become(
        new Fault(
            200,
            "{\"data\":{\"project\":{\"runs\":{\"edges\":[]}}},\"errors\":[{\"message\":\"x\"}]}",
            Map.of()));
    assertThat(client.runs("team", "proj", List.of("run-1")).runs()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "0.5, 0.5", "86400, 600", "soon, ", "'Wed, 21 Oct 2026 07:28:00 GMT', "})
  void refusalTellsHowLongToWait(String header, Double seconds) {
    server.become(new Fault(429, "rate limit exceeded", Map.of("Retry-After", header)));
    assertThat(failure().retryAfter().map(wait -> wait.toMillis() / 1000.0).orElse(null))
        .isEqualTo(seconds);
  }

  @Test
  void usedUpAllowanceIsARest() {
    server.head(Map.of("RateLimit-Remaining", "0", "RateLimit-Reset", "12"));
    assertThat(client.runs("team", "proj", List.of("run-1")).rest())
        .isEqualTo(Duration.ofSeconds(12));
    server.head(Map.of("RateLimit-Remaining", "3", "RateLimit-Reset", "12"));
    assertThat(client.runs("team", "proj", List.of("run-1")).rest()).isNull();
  }

  @Test
  void pagesThatGoInACircleEnd() {
    server.become(
        new Fault(
            200,
            "{\"data\":{\"project\":{\"runs\":{\"edges\":[],"
                + "\"pageInfo\":{\"endCursor\":\"c\",\"hasNextPage\":true}}}}}",
            Map.of()));
    assertThat(failure()).hasMessageContaining("circle");
  }

  @Test
  void tellsWhoseTheKeyIs() {
    assertThat(client.viewer()).isEqualTo(new Viewer("ann", ScriptedWandb.ENTITY));
    server.become(new Fault(200, "{\"data\":{\"viewer\":null}}", Map.of()));
    assertThat(catchThrowableOfType(WandbException.class, client::viewer).kind())
        .isEqualTo(Kind.UNAUTHORIZED);
  }

  @Test
  void wrongKeyIsNotShown() {
    WandbSettings settings =
        new WandbSettings(server.endpoint(), "secret", Duration.ofSeconds(5), 2);
    try (WandbClient stranger = new WandbClient(settings)) {
      assertThatThrownBy(stranger::viewer)
          .isInstanceOfSatisfying(
              WandbException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED))
          .hasMessageNotContaining("secret");
    }
    assertThat(settings.toString()).doesNotContain("secret");
  }

  @Test
  void serverThatIsGoneIsUnavailable() {
    server.close();
    assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void pagesOfTheRealOneAreOnAnotherHostThanItsApi() {
    WandbSettings cloud =
        new WandbSettings(URI.create("https://api.wandb.ai"), "k", Duration.ofSeconds(1), 1);
    assertThat(cloud.pages()).isEqualTo("https://wandb.ai");
    assertThat(cloud.graphql()).isEqualTo(URI.create("https://api.wandb.ai/graphql"));
  }

  private WandbException failure() {
    return catchThrowableOfType(
        WandbException.class, () -> client.runs("team", "proj", List.of("run-1")));
  }
}
