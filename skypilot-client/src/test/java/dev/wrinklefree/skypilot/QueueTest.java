package dev.wrinklefree.skypilot;

import static dev.wrinklefree.skypilot.script.Answer.accepted;
import static dev.wrinklefree.skypilot.script.Answer.raised;
import static dev.wrinklefree.skypilot.script.Answer.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.skypilot.connection.Timeouts;
import dev.wrinklefree.skypilot.failure.Refusal;
import dev.wrinklefree.skypilot.failure.SkyPilotException.Permanent;
import dev.wrinklefree.skypilot.jobs.JobRecord;
import dev.wrinklefree.skypilot.jobs.ManagedJobStatus;
import dev.wrinklefree.skypilot.jobs.QueueFields;
import dev.wrinklefree.skypilot.jobs.QueuePage;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import dev.wrinklefree.skypilot.script.ScriptedServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QueueTest {
  private static final String ROWS =
      """
      [{"job_id":8,"task_id":0,"job_name":"run-8b","status":"HIBERNATING"},
       {"job_id":7,"task_id":0,"job_name":"run-8","status":"RUNNING"},
       {"job_name":"no id"}]""";

  private ScriptedServer server;
  private SkyPilotClient client;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    server.on("/jobs/queue/v2", accepted("1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"));
    client = server.client();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void readsAPageOfTheCurrentShape() {
    String rest = ",\"total\":120,\"total_no_filter\":500,\"status_counts\":{\"RUNNING\":3}}";
    server.on("/api/get", result("{\"jobs\":" + ROWS + rest));
    QueuePage queue = client.queue(QueueQuery.unfinished(1, 2));
    assertThat(queue.jobs()).extracting(JobRecord::jobId).containsExactly(8L, 7L);
    assertThat(queue.total()).isEqualTo(120);
    assertThat(queue.totalNoFilter()).isEqualTo(500);
    assertThat(queue.statusCounts()).isEqualTo(Map.of("RUNNING", 3L));
    assertThat(queue.unreadable()).isEqualTo(1);
  }

  @Test
  void readsTheBareListOfOldServers() {
    server.on("/api/get", result(ROWS));
    QueuePage queue = client.queue(QueueQuery.unfinished(1, 10));
    assertThat(queue.jobs()).hasSize(2);
    assertThat(queue.total()).isEqualTo(3);
    assertThat(queue.statusCounts()).isEmpty();
  }

  @Test
  void keepsAStatusThatItDoesNotKnow() {
    server.on("/api/get", result(ROWS));
    JobRecord job = client.queue(QueueQuery.unfinished(1, 10)).jobs().getFirst();
    assertThat(job.status()).isEqualTo(ManagedJobStatus.UNKNOWN);
    assertThat(job.statusText()).isEqualTo("HIBERNATING");
    assertThat(job.status().isTerminal()).isFalse();
  }

  @Test
  void findsAJobByItsExactNameAmongThoseThatTheServerMatches() {
    server.on("/api/get", result(ROWS));
    assertThat(client.queue(QueueQuery.ofName("run-8")).named("run-8"))
        .extracting(JobRecord::jobId)
        .containsExactly(7L);
    JsonNode body = server.seen("/jobs/queue/v2").getFirst().body();
    assertThat(body.path("name_match").textValue()).isEqualTo("run-8");
    assertThat(body.path("skip_finished").booleanValue()).isFalse();
  }

  @Test
  void asksForWhatTheQueryNames() {
    server.on("/api/get", result("[]"));
    client.queue(QueueQuery.unfinished(3, 500).withStatuses(List.of("RUNNING")));
    client.queue(QueueQuery.ofJobs(List.of(7L, 9L)).withAllUsers(false));
    JsonNode paged = server.seen("/jobs/queue/v2").getFirst().body();
    assertThat(paged.path("page").intValue()).isEqualTo(3);
    assertThat(paged.path("limit").intValue()).isEqualTo(500);
    assertThat(paged.path("skip_finished").booleanValue()).isTrue();
    assertThat(paged.path("all_users").booleanValue()).isTrue();
    assertThat(paged.path("refresh").booleanValue()).isFalse();
    assertThat(paged.path("fields")).hasSameSizeAs(QueueFields.STATE);
    assertThat(paged.path("statuses").toString()).isEqualTo("[\"RUNNING\"]");
    assertThat(paged.has("job_ids")).isFalse();
    JsonNode byId = server.seen("/jobs/queue/v2").get(1).body();
    assertThat(byId.path("job_ids").toString()).isEqualTo("[7,9]");
    assertThat(byId.path("all_users").booleanValue()).isFalse();
    assertThat(byId.path("page").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "{\"jobs\":null}", "\"none\"", "7"})
  void whatIsNoQueueIsNeverAnEmptyQueue(String returnValue) {
    server.on("/api/get", result(returnValue));
    assertThat(
            catchThrowableOfType(Permanent.class, () -> client.queue(QueueQuery.unfinished(1, 10)))
                .refusal())
        .isInstanceOf(Refusal.NotUnderstood.class);
  }

  @Test
  void aStoppedControllerIsAFailureWithItsType() {
    server.on("/api/get", raised("ClusterNotUpError", "No in-progress managed jobs."));
    assertThat(
            catchThrowableOfType(Permanent.class, () -> client.queue(QueueQuery.unfinished(1, 10)))
                .refusal())
        .isEqualTo(new Refusal.ServerError("ClusterNotUpError", "No in-progress managed jobs."));
  }

  @Test
  void readsAQueueLargerThanJacksonsOwnLimitOfAString() {
    String filler = "x".repeat(21_000_000);
    server.on(
        "/api/get",
        result("[{\"job_id\":1,\"status\":\"FAILED\",\"failure_reason\":\"" + filler + "\"}]"));
    var patient = server.settings().withTimeouts(Timeouts.DEFAULT);
    try (var patientClient = new SkyPilotClient(patient)) {
      JobRecord job = patientClient.queue(QueueQuery.ofJobs(List.of(1L))).jobs().getFirst();
      assertThat(job.failureReason()).hasSize(filler.length());
    }
  }

  @Test
  void refusesQueriesThatTheServerWouldMisread() {
    assertThatThrownBy(() -> QueueQuery.ofJobs(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> QueueQuery.unfinished(0, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> QueueQuery.unfinished(1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> QueueQuery.ofName(" ")).isInstanceOf(IllegalArgumentException.class);
  }
}
