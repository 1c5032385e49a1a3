package dev.wrinklefree.sandbox.skypilot.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.sandbox.skypilot.job.JobState;
import dev.wrinklefree.sandbox.skypilot.job.JobStatus;
import dev.wrinklefree.sandbox.skypilot.job.JobSubmission;
import dev.wrinklefree.sandbox.skypilot.job.ManagedJob;
import dev.wrinklefree.sandbox.skypilot.request.RequestFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueueQueryTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final List<ManagedJob> JOBS =
      List.of(
          job(1, "alpha", "ada", JobStatus.SUCCEEDED, NOW.minusSeconds(100)),
          job(2, "al_ha", "ada", JobStatus.RUNNING, NOW.minusSeconds(50)),
          job(3, "beta", "ada", JobStatus.PENDING, null),
          job(4, "beta", "bob", JobStatus.RUNNING, NOW.minusSeconds(10)),
          job(5, "gone", "ada", JobStatus.CANCELLED, null));

  @Test
  void ownJobsComeNewestFirstAndOthersOnlyWhenAsked() {
    assertThat(ids(new Ask().query())).containsExactly(5, 3, 2, 1);
    assertThat(ids(new Ask().allUsers().query())).containsExactly(5, 4, 3, 2, 1);
  }

  @Test
  void statusCountsIgnoreTheStatusFilterAndTotalsDoNot() {
    ObjectNode answer =
        new Ask().allUsers().statuses("RUNNING", "NO_SUCH").query().answer(JOBS, NOW);

    assertThat(ids(answer)).containsExactly(4, 2);
    assertThat(answer.get("total").intValue()).isEqualTo(2);
    assertThat(answer.get("total_no_filter").intValue()).isEqualTo(5);
    assertThat(answer.get("status_counts"))
        .hasToString("{\"CANCELLED\":1,\"PENDING\":1,\"RUNNING\":2,\"SUCCEEDED\":1}");
  }

  @Test
  void finishedJobsCanBeLeftOut() {
    ObjectNode answer = new Ask().allUsers().skipFinished().query().answer(JOBS, NOW);

    assertThat(ids(answer)).containsExactly(4, 3, 2);
    assertThat(answer.get("status_counts").has("SUCCEEDED")).isFalse();
  }

  @Test
  void aNameIsMatchedAsSqlDoes() {
    assertThat(ids(new Ask().name("lph").query())).containsExactly(1);
    assertThat(ids(new Ask().name("AL_HA").query())).containsExactly(2, 1);
    assertThat(ids(new Ask().name("a%a").query())).containsExactly(2, 1);
    assertThat(ids(new Ask().name(".*").query())).isEmpty();
  }

  @Test
  void pagesCountFromOne() {
    assertThat(ids(new Ask().allUsers().page(1, 2).query())).containsExactly(5, 4);
    assertThat(ids(new Ask().allUsers().page(3, 2).query())).containsExactly(1);
    assertThat(ids(new Ask().allUsers().page(4, 2).query())).isEmpty();
    assertThat(new Ask().allUsers().page(3, 2).query().answer(JOBS, NOW).get("total").intValue())
        .isEqualTo(5);
  }

  @Test
  void anImpossiblePageIsAnError() {
    assertThatThrownBy(() -> ids(new Ask().page(1, null).query()))
        .isInstanceOf(RequestFailedException.class)
        .hasMessage("Limit must be specified when page is specified");
    assertThatThrownBy(() -> ids(new Ask().page(0, 5).query())).hasMessageContaining("Page");
    assertThatThrownBy(() -> ids(new Ask().page(1, 0).query())).hasMessageContaining("Limit");
  }

  @Test
  void unsubmittedJobsCountAsSubmittedNowUnlessTheyAreOver() {
    double sixtyAgo = NOW.minusSeconds(60).getEpochSecond();

    assertThat(ids(new Ask().submitted(sixtyAgo, null).query())).containsExactly(3, 2);
    assertThat(ids(new Ask().submitted(null, sixtyAgo).query())).containsExactly(1);
  }

  @Test
  void rowsCanBeSorted() {
    assertThat(ids(new Ask().allUsers().sort("name", true).query())).containsExactly(2, 1, 4, 3, 5);
    assertThat(ids(new Ask().allUsers().sort("job_duration", false).query()).getFirst())
        .isEqualTo(2);
    assertThat(ids(new Ask().allUsers().sort("colour", true).query()))
        .isEqualTo(ids(new Ask().allUsers().query()));
  }

  @Test
  void onlyTheFieldsThatAreAskedForAreFilled() {
    JsonNode row =
        new Ask().fields("job_name", "submitted_at").query().answer(JOBS, NOW).get("jobs").get(0);

    assertThat(row.get("job_id").intValue()).isEqualTo(5);
    assertThat(row.get("status").textValue()).isEqualTo("CANCELLED");
    assertThat(row.get("job_name").textValue()).isEqualTo("gone");
    assertThat(row.has("user_yaml")).isFalse();
    assertThat(row.has("cloud")).isFalse();
    assertThatThrownBy(() -> ids(new Ask().fields("no_such_column").query()))
        .hasMessageContaining("ValueError: Unknown field: no_such_column");
  }

  @Test
  void aJobThatWasNeverPlacedHasPlaceholders() {
    JsonNode row = new Ask().query().answer(JOBS, NOW).get("jobs").get(1);

    assertThat(row.get("job_id").intValue()).isEqualTo(3);
    for (String field : List.of("cloud", "region", "zone", "infra", "cluster_resources")) {
      assertThat(row.get(field).textValue()).as(field).isEqualTo("-");
    }
    assertThat(row.has("accelerators")).isFalse();
    assertThat(row.get("submitted_at").isNull()).isTrue();
    assertThat(row.get("last_recovered_at").intValue()).isEqualTo(-1);
  }

  @Test
  void jobDurationIsComputedAtTheTimeOfReading() {
    JsonNode row = new Ask().query().answer(JOBS, NOW).get("jobs").get(2);

    assertThat(row.get("job_id").intValue()).isEqualTo(2);
    assertThat(row.get("job_duration").doubleValue()).isEqualTo(50.0);
  }

  private static ManagedJob job(
      int id, String name, String user, JobStatus status, @Nullable Instant submitted) {
    return new ManagedJob(
        id,
        new JobSubmission(
            name,
            name,
            user,
            user,
            "",
            "1x[H100:1]",
            0,
            Map.of(),
            JsonNodeFactory.instance.objectNode(),
            "",
            NOW),
        new JobState(status, submitted, submitted, null, submitted, 0, Duration.ZERO, null, null));
  }

  private static List<Integer> ids(QueueQuery query) {
    return ids(query.answer(JOBS, NOW));
  }

  private static List<Integer> ids(ObjectNode answer) {
    return StreamSupport.stream(answer.get("jobs").spliterator(), false)
        .map(row -> row.get("job_id").intValue())
        .toList();
  }

  /** A question in the making. */
  private static final class Ask {
    private boolean allUsers;
    private boolean skipFinished;
    private @Nullable String name;
    private @Nullable List<String> statuses;
    private @Nullable Double after;
    private @Nullable Double before;
    private @Nullable String sortBy;
    private boolean ascending;
    private @Nullable Integer page;
    private @Nullable Integer limit;
    private List<String> fields = List.of();

    Ask allUsers() {
      allUsers = true;
      return this;
    }

    Ask skipFinished() {
      skipFinished = true;
      return this;
    }

    Ask name(String match) {
      name = match;
      return this;
    }

    Ask statuses(String... wanted) {
      statuses = List.of(wanted);
      return this;
    }

    Ask submitted(@Nullable Double from, @Nullable Double to) {
      after = from;
      before = to;
      return this;
    }

    Ask sort(String column, boolean least) {
      sortBy = column;
      ascending = least;
      return this;
    }

    Ask page(@Nullable Integer number, @Nullable Integer size) {
      page = number;
      limit = size;
      return this;
    }

    Ask fields(String... columns) {
      fields = List.of(columns);
      return this;
    }

    QueueQuery query() {
      return new QueueQuery(
          "ada",
          allUsers,
          skipFinished,
          null,
          null,
          null,
          name,
          null,
          statuses,
          after,
          before,
          sortBy,
          ascending,
          page,
          limit,
          fields);
    }
  }
}
