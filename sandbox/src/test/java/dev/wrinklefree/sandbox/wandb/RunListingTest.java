package dev.wrinklefree.sandbox.wandb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters, order and pages, in the words of W&amp;B's own clients. */
class RunListingTest {

  private static final String RUNS =
      """
      query Runs($project: String!, $cursor: String, $perPage: Int = 50, $order: String,
          $filters: JSONString) {
        project(name: $project) {
          runCount(filters: $filters)
          runs(filters: $filters, after: $cursor, first: $perPage, order: $order) {
            edges { node { ...RunFragment } cursor }
            pageInfo { endCursor hasNextPage }
          }
        }
      }
      fragment RunFragment on Run { name state }
      """;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-02T03:00:00Z"));
  private WandbServer server;
  private WandbCalls calls;

  @BeforeEach
  void begin() throws Exception {
    server = WandbServer.start(WandbSettings.at(0), now::get);
    calls = new WandbCalls(server);
    for (String run : List.of("run-a", "run-b", "run-c")) {
      calls.begin(run);
      now.updateAndGet(time -> time.plusSeconds(60));
    }
    calls.log("run-a", 0, "{\"loss\":3}");
    calls.log("run-b", 0, "{\"loss\":1}");
    calls.log("run-c", 0, "{\"loss\":NaN}");
    calls.stream("run-a", "{\"complete\":true,\"exitcode\":0}");
  }

  @AfterEach
  void stop() {
    calls.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":{"$in":["run-c","run-a","other"]}}           | run-a run-c
          {"state":"running"}                                  | run-b run-c
          {"$or":[{"state":"finished"},{"name":"run-b"}]}      | run-a run-b
          {"state":{"$ne":"running"}}                          | run-a
          {"summary_metrics.loss":{"$lt":2}}                   | run-b
          {"createdAt":{"$gte":"2026-01-02T04:01:00+01:00"}}   | run-b run-c
          {"name":{"$regex":"-[bc]$"},"config.lr":0.1}         | run-b run-c
          {"config.other":{"$exists":true}}                    |
          {"$nor":[{"name":"run-a"}],"name":{"$nin":["run-b"]}} | run-c
          """)
  void shouldLetThroughWhatTheFilterSays(String filters, @Nullable String names) throws Exception {
    JsonNode project = page(filters, "+created_at", 50, null);

    assertThat(String.join(" ", names(project))).isEqualTo(names == null ? "" : names);
    assertThat(project.get("runCount").intValue()).isEqualTo(names(project).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          +created_at            | run-a run-b run-c
          -created_at            | run-c run-b run-a
          -summary_metrics.loss  | run-c run-a run-b
          """)
  void shouldOrderByAnyField(String order, String names) throws Exception {
    assertThat(String.join(" ", names(page("{}", order, 50, null)))).isEqualTo(names);
  }

  @Test
  void shouldGoOnAfterTheCursor() throws Exception {
    JsonNode first = page("{}", "-created_at", 2, null);
    assertThat(names(first)).containsExactly("run-c", "run-b");
    assertThat(first.at("/runs/pageInfo/hasNextPage").booleanValue()).isTrue();

    JsonNode second =
        page("{}", "-created_at", 2, first.at("/runs/pageInfo/endCursor").textValue());

    assertThat(names(second)).containsExactly("run-a");
    assertThat(second.at("/runs/pageInfo/hasNextPage").booleanValue()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [1]                     | A filter has to be an object
          {"name":{"$near":1}}    | Unknown filter operator: $near
          {"shoeSize":1}          | Invalid filter or order key: shoeSize
          {"name":                | filters is not JSON
          """)
  void shouldRefuseAFilterThatSaysNothing(String filters, String message) throws Exception {
    assertThat(ask(filters, "+created_at", 50, null).at("/errors/0/message").textValue())
        .isEqualTo(message);
  }

  private static List<String> names(JsonNode project) {
    return project
        .at("/runs/edges")
        .valueStream()
        .map(edge -> edge.at("/node/name").textValue())
        .toList();
  }

  private JsonNode page(String filters, String order, int size, @Nullable String cursor)
      throws IOException, InterruptedException {
    return ask(filters, order, size, cursor).at("/data/project");
  }

  private JsonNode ask(String filters, String order, int size, @Nullable String cursor)
      throws IOException, InterruptedException {
    return calls.ask(
        RUNS,
        "project",
        WandbCalls.PROJECT,
        "filters",
        filters,
        "order",
        order,
        "perPage",
        size,
        "cursor",
        cursor);
  }
}
