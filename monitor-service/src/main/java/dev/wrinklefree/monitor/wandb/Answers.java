package dev.wrinklefree.monitor.wandb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.monitor.wandb.WandbException.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what W&amp;B answers. */
final class Answers {
  private static final int MAX_MESSAGE = 200;

  private Answers() {}

  /**
   * One page of runs.
   *
   * @param next cursor of the next page; absent after the last
   */
  record Page(List<WandbSighting> runs, @Nullable String next) {}

  /**
   * The {@code data} of an answer. An answer may bear errors and data at once; the data count.
   *
   * @throws WandbException if there is none
   */
  static JsonNode data(String text) {
    ObjectNode answer =
        ExtendedJson.object(text)
            .orElseThrow(
                () -> new WandbException(Kind.UNAVAILABLE, "W&B's answer is no JSON object", null));
    JsonNode data = answer.path("data");
    boolean failed = answer.path("errors").isArray() && !answer.path("errors").isEmpty();
    if (!data.isObject() || (failed && isHollow(data))) {
      throw new WandbException(
          Kind.REFUSED,
          "W&B: " + shortened(answer.at("/errors/0/message").asText("no data")),
          null);
    }
    return data;
  }

  static Viewer viewer(JsonNode data) {
    JsonNode viewer = data.path("viewer");
    if (!viewer.isObject()) {
      throw new WandbException(Kind.UNAUTHORIZED, "W&B does not know the API key", null);
    }
    return new Viewer(
        viewer.path("username").textValue(),
        viewer.path("entity").asText("").isBlank() ? null : viewer.path("entity").textValue());
  }

  /**
   * A project is made by its first run, so one that is not there has no runs yet.
   *
   * @param pages the address of the project's runs, with a trailing slash
   */
  static Page runs(JsonNode data, String pages) {
    JsonNode project = data.path("project");
    if (project.isNull()) {
      return new Page(List.of(), null);
    }
    JsonNode edges = project.at("/runs/edges");
    if (!edges.isArray()) {
      throw new WandbException(Kind.UNAVAILABLE, "W&B's list of runs has another shape", null);
    }
    List<WandbSighting> runs = new ArrayList<>();
    for (JsonNode edge : edges) {
      JsonNode node = edge.path("node");
      String id = node.path("name").textValue();
      if (id != null) {
        runs.add(run(node, id, pages));
      }
    }
    JsonNode info = project.at("/runs/pageInfo");
    boolean more = info.path("hasNextPage").asBoolean();
    return new Page(runs, more ? info.path("endCursor").textValue() : null);
  }

  private static WandbSighting run(JsonNode node, String id, String pages) {
    return new WandbSighting(
        id,
        node.path("state").textValue(),
        time(node.path("heartbeatAt").textValue()),
        ExtendedJson.nested(node.path("summaryMetrics")).map(Summary::of).orElse(null),
        pages + encoded(id));
  }

  /** With and without a zone: W&amp;B means UTC. */
  private static @Nullable Instant time(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return text.endsWith("Z")
          ? Instant.parse(text)
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null;
    }
  }

  static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static String shortened(String text) {
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "…";
  }

  private static boolean isHollow(JsonNode data) {
    for (JsonNode field : data) {
      if (!field.isNull()) {
        return false;
      }
    }
    return true;
  }
}
