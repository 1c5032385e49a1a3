package dev.wrinklefree.monitor.wandb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The questions, as GraphQL. */
final class Queries {

  private static final String VIEWER = "query Viewer { viewer { id entity username } }";

  /** The run id that we know is W&amp;B's {@code name}; its {@code id} is another thing. */
  private static final String RUNS =
      """
      query Runs($project: String!, $entity: String!, $cursor: String, $perPage: Int = 50, \
      $order: String, $filters: JSONString) {
        project(name: $project, entityName: $entity) {
          runs(filters: $filters, after: $cursor, first: $perPage, order: $order) {
            edges { node { name state heartbeatAt summaryMetrics } cursor }
            pageInfo { endCursor hasNextPage }
          }
        }
      }""";

  private Queries() {}

  static ObjectNode viewer() {
    ObjectNode body = ExtendedJson.newObject();
    body.put("query", VIEWER).put("operationName", "Viewer").putObject("variables");
    return body;
  }

  static ObjectNode runs(
      String entity,
      String project,
      Collection<String> ids,
      int pageSize,
      @Nullable String cursor) {
    ObjectNode filters = ExtendedJson.newObject();
    ids.forEach(filters.putObject("name").putArray("$in")::add);
    ObjectNode body = ExtendedJson.newObject();
    body.put("query", RUNS)
        .put("operationName", "Runs")
        .putObject("variables")
        .put("project", project)
        .put("entity", entity)
        .put("cursor", cursor)
        .put("perPage", Math.min(pageSize, ids.size()))
        .put("order", "+created_at")
        .put("filters", filters.toString());
    return body;
  }
}
