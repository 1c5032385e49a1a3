package dev.wrinklefree.sandbox.wandb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WandbServerTest {

  private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");
  private static final String VIEWER = "query Viewer { viewer { id entity username } }";

  private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
  private WandbServer server;
  private WandbCalls calls;

  @BeforeEach
  void start() throws IOException {
    server = WandbServer.start(WandbSettings.at(0), now::get);
    calls = new WandbCalls(server);
  }

  @AfterEach
  void stop() {
    calls.close();
    server.close();
  }

  @Test
  void shouldKnowTheHolderOfTheKeyAndNobodyElse() throws Exception {
    assertThat(calls.ask(VIEWER).at("/data/viewer/entity").asText()).isEqualTo("sandbox");
    assertThat(calls.graphql(null, VIEWER).body()).isEqualTo("{\"data\":{\"viewer\":null}}");
    assertThat(calls.graphql("another", VIEWER).statusCode()).isEqualTo(401);
    assertThat(calls.graphql(null, "{ project(name:\"p\") { id } }").body())
        .contains("permission denied");
    assertThat(calls.post("/files/sandbox/p/r/file_stream", "{}", null).statusCode())
        .isEqualTo(401);
  }

  @Test
  void shouldHaveAProjectFromItsFirstRunOn() throws Exception {
    String query = "query($p: String!) { project(name: $p) { run(name: \"other\") { id } } }";
    assertThat(calls.ask(query, "p", WandbCalls.PROJECT).at("/data/project").isNull()).isTrue();

    JsonNode begun = calls.begin("run-1").at("/data/upsertBucket");

    assertThat(begun.get("inserted").booleanValue()).isTrue();
    assertThat(begun.at("/bucket/name").textValue()).isEqualTo("run-1");
    assertThat(begun.at("/bucket/project/entity/name").textValue()).isEqualTo("sandbox");
    assertThat(calls.ask(query, "p", WandbCalls.PROJECT).at("/data/project/run").isNull()).isTrue();
  }

  @Test
  void shouldKeepWhatARunLogsWithNumbersThatJsonHasNot() throws Exception {
    calls.begin("run-1");
    calls.log("run-1", 0, "{\"_step\":25,\"train/loss\":2.5}", "{\"_step\":50,\"train/loss\":NaN}");

    assertThat(calls.field("run-1", "summaryMetrics").textValue())
        .isEqualTo("{\"_step\":50,\"train/loss\":NaN}");
    JsonNode keys = calls.field("run-1", "historyKeys");
    assertThat(keys.get("lastStep").intValue()).isEqualTo(50);
    assertThat(keys.at("/keys/train~1loss/typeCounts/0/count").intValue()).isEqualTo(2);
    assertThat(calls.field("run-1", "history(minStep: 0, maxStep: 50)").valueStream())
        .extracting(JsonNode::textValue)
        .containsExactly("{\"_step\":25,\"train/loss\":2.5}");
    assertThat(calls.field("run-1", "config").textValue()).isEqualTo("{\"lr\":{\"value\":0.1}}");
    assertThat(
            calls
                .field(
                    "run-1",
                    "sampledHistory(specs: [\"{\\\"keys\\\":[\\\"_step\\\"],\\\"samples\\\":5}\"])")
                .toString())
        .isEqualTo("[[{\"_step\":25},{\"_step\":50}]]");
  }

  @Test
  void shouldReplaceTheLinesThatARetriedChunkSendsAgain() throws Exception {
    calls.begin("run-1");
    calls.log("run-1", 0, "{\"_step\":1}", "{\"_step\":2}");
    calls.log("run-1", 1, "{\"_step\":2}", "{\"_step\":3}");

    assertThat(calls.field("run-1", "historyLineCount").intValue()).isEqualTo(3);
    assertThat(calls.field("run-1", "historyTail").textValue())
        .isEqualTo("[\"{\\\"_step\\\":3}\"]");
  }

  @Test
  void shouldTakeASilentRunForCrashedUntilItIsHeardAgain() throws Exception {
    calls.begin("run-1");
    now.set(BEGIN.plus(Duration.ofMinutes(5)));
    assertThat(calls.field("run-1", "state").textValue()).isEqualTo("running");

    Instant late = BEGIN.plus(Duration.ofMinutes(5)).plusMillis(1);
    now.set(late);
    assertThat(calls.field("run-1", "state").textValue()).isEqualTo("crashed");
    assertThat(calls.field("run-1", "heartbeatAt").textValue()).isEqualTo(BEGIN.toString());

    assertThat(calls.stream("run-1", "{}").statusCode()).isEqualTo(200);
    assertThat(calls.field("run-1", "state").textValue()).isEqualTo("running");
    assertThat(calls.field("run-1", "heartbeatAt").textValue()).isEqualTo(late.toString());
  }

  @Test
  void shouldEndARunByItsExitCodeAndLetItBeResumed() throws Exception {
    calls.begin("run-1");
    calls.stream("run-1", "{\"complete\":true,\"exitcode\":1}");
    assertThat(calls.field("run-1", "state").textValue()).isEqualTo("failed");

    assertThat(calls.begin("run-1").at("/data/upsertBucket/inserted").booleanValue()).isFalse();
    assertThat(calls.field("run-1", "state").textValue()).isEqualTo("running");

    calls.stream("run-1", "{\"complete\":true,\"exitcode\":0}");
    now.set(BEGIN.plus(Duration.ofHours(1)));
    assertThat(calls.field("run-1", "state").textValue()).isEqualTo("finished");
  }

  @Test
  void shouldTellAClientThatItsRunShallStop() throws Exception {
    String id = calls.begin("run-1").at("/data/upsertBucket/bucket/id").textValue();
    assertThat(calls.stream("run-1", "{}").body()).doesNotContain("stopped");

    calls.ask("mutation($id: ID!) { stopRun(input: {id: $id}) { success } }", "id", id);

    assertThat(calls.field("run-1", "stopped").booleanValue()).isTrue();
    assertThat(calls.stream("run-1", "{}").body()).contains("\"stopped\":true");
    calls.stream("run-1", "{\"complete\":true,\"exitcode\":255}");
    assertThat(calls.field("run-1", "state").textValue()).isEqualTo("killed");
  }

  @Test
  void shouldRefuseTheStreamOfARunThatNeverBegan() throws Exception {
    HttpResponse<String> answer = calls.stream("run-1", "{}");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("run not found: run-1");
  }

  @Test
  void shouldNameTheFieldThatItHasNot() throws Exception {
    assertThat(calls.ask("{ viewer { shoeSize } }").at("/errors/0/message").textValue())
        .isEqualTo("Cannot query field \"shoeSize\" on type \"User\".");
    assertThat(calls.post("/graphql", "not json", server.apiKey()).statusCode()).isEqualTo(400);
    assertThat(calls.post("/elsewhere", "{}", server.apiKey()).statusCode()).isEqualTo(404);
  }

  @Test
  void shouldDisturbAsManyRequestsAsAskedFor() throws Exception {
    calls.begin("run-1");
    server.disturbQueries(1, new WandbFault.RateLimited(Duration.ofMillis(1_500)));
    server.disturbQueries(1, new WandbFault.Errors("try later"));
    server.disturbQueries(1, new WandbFault.NotJson());
    server.disturbQueries(1, new WandbFault.CutOff());
    server.disturbStreams(1, new WandbFault.Refused(502));

    HttpResponse<String> limited = calls.graphql(server.apiKey(), VIEWER);
    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(limited.headers().firstValue("RateLimit-Remaining")).hasValue("0");
    assertThat(calls.ask(VIEWER).at("/errors/0/message").textValue()).isEqualTo("try later");
    assertThat(calls.graphql(server.apiKey(), VIEWER).body()).startsWith("<html>");
    assertThatThrownBy(() -> calls.graphql(server.apiKey(), VIEWER))
        .isInstanceOf(IOException.class);
    assertThat(calls.stream("run-1", "{\"complete\":true}").statusCode()).isEqualTo(502);
    assertThat(calls.field("run-1", "state").textValue()).isEqualTo("running");
    assertThat(server.queries()).isEqualTo(6);
  }
}
