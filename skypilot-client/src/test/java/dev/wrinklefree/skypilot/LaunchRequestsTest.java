package dev.wrinklefree.skypilot;

import static dev.wrinklefree.skypilot.script.Answer.brokenConnection;
import static dev.wrinklefree.skypilot.script.Answer.json;
import static dev.wrinklefree.skypilot.script.Answer.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrinklefree.skypilot.failure.SkyPilotException.Permanent;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Retryable;
import dev.wrinklefree.skypilot.requests.LaunchRequest;
import dev.wrinklefree.skypilot.requests.LaunchRequest.State;
import dev.wrinklefree.skypilot.requests.RequestId;
import dev.wrinklefree.skypilot.script.ScriptedServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a launch whose answer was lost is found among the server's requests. */
final class LaunchRequestsTest {
  private static final String PATH = "/api/status";

  private ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void findsOurLaunchesByTheJobNameInTheirBodies() {
    server.on(
        PATH,
        json(
            200,
            list(
                row("r-4", "sky.jobs.queue_v2", "RUNNING", "{\"name\":\"run-1\"}"),
                row("r-3", "sky.jobs.launch", "PENDING", "{\"name\":\"run-1\"}"),
                row("r-2", "sky.jobs.launch", "RUNNING", "{\"name\":\"run-12\"}"),
                row("r-1", "sky.jobs.launch", "RUNNING", "{\"name\":\"run-1\",\"task\":\"x\"}"),
                row("r-0", "sky.jobs.launch", "RUNNING", "null"),
                row("r-n", "sky.jobs.launch", "RUNNING", "{\"name\":null}"))));

    try (SkyPilotClient client = server.client()) {
      assertThat(client.launchesUnderWay("run-1"))
          .containsExactly(
              new LaunchRequest(new RequestId("r-3"), State.UNDER_WAY),
              new LaunchRequest(new RequestId("r-1"), State.UNDER_WAY));
    }
    String uri = server.seen(PATH).getFirst().uri();
    assertThat(uri).contains("all_status=false").contains("fields=request_body");
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING,UNDER_WAY",
    "WAITING,UNDER_WAY",
    "RUNNING,UNDER_WAY",
    "A_WORD_OF_TOMORROW,UNDER_WAY",
    "SUCCEEDED,SUCCEEDED",
    "FAILED,FAILED",
    "CANCELLED,CANCELLED"
  })
  void aRequestHasOnlyEndedIfTheServerSaysSo(String word, State state) {
    server.on(PATH, json(200, list(row("r-1", "sky.jobs.launch", word, "{\"name\":\"run-1\"}"))));

    try (SkyPilotClient client = server.client()) {
      assertThat(client.launchesKnown("run-1"))
          .containsExactly(new LaunchRequest(new RequestId("r-1"), state));
    }
    assertThat(server.seen(PATH).getFirst().uri()).contains("all_status=true");
  }

  @Test
  void noneIsAnAnswerToo() {
    server.on(PATH, json(200, "[]"));
    try (SkyPilotClient client = server.client()) {
      assertThat(client.launchesUnderWay("run-1")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "", "oops", "{\"detail\":\"[]\"}"})
  void aListThatCannotBeReadIsNeverAnEmptyOne(String body) {
    server.on(PATH, json(200, body));
    try (SkyPilotClient client = server.client()) {
      assertThatThrownBy(() -> client.launchesUnderWay("run-1")).isInstanceOf(Permanent.class);
    }
  }

  @Test
  void aLaunchWhoseBodyCannotBeReadMayBeOurs() {
    server.on(PATH, json(200, list(row("r-1", "sky.jobs.launch", "RUNNING", "gAROLg=="))));
    try (SkyPilotClient client = server.client()) {
      assertThatThrownBy(() -> client.launchesUnderWay("run-1")).isInstanceOf(Permanent.class);
    }
  }

  @Test
  void aLostAnswerMayBeAskedForAgain() {
    server.on(PATH, brokenConnection());
    try (SkyPilotClient client = server.client()) {
      assertThatThrownBy(() -> client.launchesUnderWay("run-1")).isInstanceOf(Retryable.class);
    }
  }

  @Test
  void aServerInTroubleIsAskedAgainAndARefusalIsOne() {
    server.on(PATH, json(503, "{\"detail\":\"busy\"}"), json(403, "{\"detail\":\"Forbidden\"}"));
    try (SkyPilotClient client = server.client()) {
      assertThatThrownBy(() -> client.launchesUnderWay("run-1")).isInstanceOf(Retryable.class);
      assertThatThrownBy(() -> client.launchesUnderWay("run-1")).isInstanceOf(Permanent.class);
    }
  }

  private static String list(String... rows) {
    return "[" + String.join(",", rows) + "]";
  }

  private static String row(String id, String name, String status, String body) {
    return """
    {"request_id":%s,"name":%s,"entrypoint":"launch","request_body":%s,"status":%s,\
    "created_at":1.79e9,"user_id":"ab12cd34","return_value":"null","error":"null","pid":null,\
    "schedule_type":"short","user_name":"ada","cluster_name":null,"status_msg":null,\
    "should_retry":false,"finished_at":null,"file_mounts_blob_id":null}"""
        .formatted(quoted(id), quoted(name), quoted(body), quoted(status));
  }
}
