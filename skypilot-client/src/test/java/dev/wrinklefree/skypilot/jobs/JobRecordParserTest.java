package dev.wrinklefree.skypilot.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.skypilot.http.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JobRecordParserTest {

  @Test
  void readsARunningSpotJob() {
    JobRecord job =
        parse(
            """
            {"_job_id":31,"job_id":12,"task_id":0,"job_name":"run-1","task_name":"wf-train",
             "status":"RUNNING","schedule_state":"ALIVE","recovery_count":2,
             "submitted_at":1783000000.123456,"start_at":1783000060.5,"end_at":null,
             "last_recovered_at":1783003600,"failure_reason":null,
             "metadata":{"wrinklefree_run_id":"run-1","nested":{"a":[1]},"none":null,"n":3},
             "resources":"2x[L4:1][Spot]","cluster_resources":"2x[spot](gpus=L4:1, g2-standard-8, ...)",
             "cloud":"GCP","region":"us-central1","zone":"us-central1-a",
             "accelerators":{"L4":1,"H100":0.5},"workspace":"default","user_hash":"ab12cd34"}""");
    assertThat(job)
        .isEqualTo(
            new JobRecord(
                12,
                0,
                "run-1",
                "wf-train",
                ManagedJobStatus.RUNNING,
                "RUNNING",
                "ALIVE",
                2,
                new JobTimes(
                    Instant.parse("2026-07-02T13:46:40.123456Z"),
                    Instant.parse("2026-07-02T13:47:40.5Z"),
                    null,
                    Instant.parse("2026-07-02T14:46:40Z")),
                null,
                Map.of("wrinklefree_run_id", "run-1", "nested", "{\"a\":[1]}", "n", "3"),
                new JobPlacement(
                    "2x[L4:1][Spot]",
                    "2x[spot](gpus=L4:1, g2-standard-8, ...)",
                    "GCP",
                    "us-central1",
                    "us-central1-a",
                    Map.of("L4", BigDecimal.ONE, "H100", new BigDecimal("0.5"))),
                "default",
                "ab12cd34"));
    assertThat(job.placement().spot()).isTrue();
    assertThat(job.placement().instanceType()).contains("g2-standard-8");
    assertThat(job.placement().nodes()).hasValue(2);
  }

  @Test
  void placeholdersAreNoPlacesAndMinusOneIsNoTime() {
    JobRecord job =
        parse(
            """
            {"job_id":12,"task_id":0,"status":"PENDING","last_recovered_at":-1,"start_at":-1.0,
             "submitted_at":0,"cloud":"-","region":"-","zone":"-","cluster_resources":"-",
             "accelerators":null,"resources":"1x[A10G:1]"}""");
    assertThat(job.times()).isEqualTo(JobTimes.NONE);
    assertThat(job.placement())
        .isEqualTo(new JobPlacement("1x[A10G:1]", null, null, null, null, Map.of()));
    assertThat(job.placement().isPlaced()).isFalse();
    assertThat(job.placement().spot()).isFalse();
    assertThat(job.placement().nodes()).isEqualTo(OptionalInt.of(1));
    assertThat(job.placement().instanceType()).isEmpty();
  }

  @Test
  void needsOnlyAJobId() {
    JobRecord job = parse("{\"job_id\":3}");
    assertThat(job.status()).isEqualTo(ManagedJobStatus.UNKNOWN);
    assertThat(job.statusText()).isEmpty();
    assertThat(job.placement()).isEqualTo(JobPlacement.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"job_id\":null}", "{\"job_id\":\"3\"}", "[]", "null", "7"})
  void aRowWithoutAJobIdIsNone(String row) {
    assertThat(JobRecordParser.parse(Json.parse(row).orElseThrow())).isEmpty();
  }

  @Test
  void readsMetadataThatIsEncodedTwice() {
    assertThat(parse("{\"job_id\":3,\"metadata\":\"{\\\"a\\\":\\\"b\\\"}\"}").metadata())
        .isEqualTo(Map.of("a", "b"));
  }

  private static JobRecord parse(String row) {
    JsonNode node = Json.parse(row).orElseThrow();
    return JobRecordParser.parse(node).orElseThrow();
  }
}
