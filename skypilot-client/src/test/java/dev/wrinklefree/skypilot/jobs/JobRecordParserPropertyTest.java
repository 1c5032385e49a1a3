package dev.wrinklefree.skypilot.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.skypilot.http.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class JobRecordParserPropertyTest {
  private static final BigDecimal MAX = BigDecimal.valueOf(1_000_000);
  private static final String GOOD =
      """
      {"task_id":1,"job_name":"run-1","status":"RUNNING","recovery_count":2}""";

  @Property(seed = "20260704")
  void anyValueInAnyFieldStillGivesARecordAndLeavesTheOthersAlone(
      @ForAll long jobId, @ForAll("oddFields") Map<String, String> odd) {
    ObjectNode row = (ObjectNode) Json.parse(GOOD).orElseThrow();
    row.put("job_id", jobId);
    odd.forEach((field, json) -> row.set(field, Json.parse(json).orElseThrow()));
    JobRecord job = JobRecordParser.parse(row).orElseThrow();
    assertThat(job.jobId()).isEqualTo(jobId);
    assertThat(job.taskId()).isEqualTo(1);
    assertThat(job.jobName()).isEqualTo("run-1");
    assertThat(job.status()).isEqualTo(ManagedJobStatus.RUNNING);
    assertThat(job.recoveryCount()).isEqualTo(2);
    assertThat(job.placement().accelerators().values())
        .allSatisfy(count -> assertThat(count).isBetween(BigDecimal.ZERO, MAX));
    assertThat(job.placement().nodes().orElse(0)).isNotNegative();
    assertThat(job.placement().instanceType().orElse("x")).isNotBlank();
  }

  @Property(seed = "20260705")
  void anyDocumentIsAQueueOrNone(@ForAll("documents") String json) {
    JsonNode node = Json.parse(json).orElseThrow();
    boolean isQueue = node.isArray() || node.path("jobs").isArray();
    assertThat(QueueMessages.read(node).isPresent()).isEqualTo(isQueue);
  }

  @Property(seed = "20260706")
  void anyWordIsAStatus(@ForAll String word) {
    ManagedJobStatus status = ManagedJobStatus.parse(word);
    assertThat(status == ManagedJobStatus.UNKNOWN || status.name().equals(word)).isTrue();
  }

  @Provide
  Arbitrary<Map<String, String>> oddFields() {
    Arbitrary<String> fields =
        Arbitraries.of(
            "task_name",
            "schedule_state",
            "submitted_at",
            "start_at",
            "end_at",
            "last_recovered_at",
            "failure_reason",
            "metadata",
            "resources",
            "cluster_resources",
            "cloud",
            "region",
            "zone",
            "accelerators",
            "workspace",
            "user_hash",
            "a_new_field");
    return Arbitraries.maps(fields, values()).ofMaxSize(8);
  }

  @Provide
  Arbitrary<String> documents() {
    Arbitrary<String> rows = values().list().ofMaxSize(4).map(List::toString);
    return Arbitraries.oneOf(
        values(),
        rows,
        rows.map(list -> "{\"jobs\":" + list + ",\"total\":\"x\",\"status_counts\":3}"),
        values().map(value -> "{\"jobs\":" + value + "}"));
  }

  private static Arbitrary<String> values() {
    return Arbitraries.of(
        "null",
        "true",
        "-1",
        "0",
        "1.5",
        "1e300",
        "-1e-300",
        "1e-999999999",
        "1e999999999",
        "99999999999999999999999999",
        "1783000000.123456789",
        "\"\"",
        "\"-\"",
        "\"7\"",
        "\"1x[spot](\"",
        "\"99999999999x(a, b\"",
        "\"3x(gpus=L4:1, cpus=8, n2-standard-4, ports=[80, 443])\"",
        "\"{broken\"",
        "[]",
        "[1,[2]]",
        "{}",
        "{\"L4\":\"one\",\"A10G\":2,\"H100\":1e999999999,\"T4\":-1}",
        "{\"job_id\":5}");
  }
}
