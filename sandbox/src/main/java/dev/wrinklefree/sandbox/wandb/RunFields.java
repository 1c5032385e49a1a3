package dev.wrinklefree.sandbox.wandb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wrinklefree.sandbox.wandb.graphql.GraphQlException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The fields of runs by which a client can filter and order.
 *
 * @param now when states are looked at
 * @param staleAfter silence after which a run counts as crashed
 * @param username whose runs they are
 */
record RunFields(Instant now, Duration staleAfter, String username) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * The value of a field, missing where the run has none.
   *
   * @throws GraphQlException for a field that W&amp;B does not know either
   */
  JsonNode value(Run run, String field) {
    if (field.startsWith("config.")) {
      return run.setting(field.substring("config.".length()).replaceFirst("\\.value$", ""));
    } else if (field.startsWith("summary_metrics.")) {
      return ExtendedJson.object(run.summary()).path(field.substring("summary_metrics.".length()));
    }
    Run.Labels labels = run.labels();
    return switch (field) {
      case "name" -> TextNode.valueOf(run.name());
      case "displayName", "display_name" -> TextNode.valueOf(labels.displayName());
      case "state" -> TextNode.valueOf(run.state(now, staleAfter).word());
      case "group" -> text(labels.group());
      case "jobType" -> text(labels.jobType());
      case "host" -> text(labels.host());
      case "username" -> TextNode.valueOf(username);
      case "createdAt", "created_at" -> TextNode.valueOf(run.createdAt().toString());
      case "heartbeatAt", "heartbeat_at" ->
          run.heartbeatAt()
              .<JsonNode>map(at -> TextNode.valueOf(at.toString()))
              .orElse(MissingNode.getInstance());
      case "duration" ->
          run.heartbeatAt()
              .<JsonNode>map(at -> JSON.numberNode(seconds(run.createdAt(), at)))
              .orElse(MissingNode.getInstance());
      case "tags" -> {
        ArrayNode tags = JSON.arrayNode();
        labels.tags().forEach(tags::add);
        yield tags;
      }
      default -> throw new GraphQlException("Invalid filter or order key: " + field);
    };
  }

  private static long seconds(Instant from, Instant to) {
    return Duration.between(from, to).toSeconds();
  }

  private static JsonNode text(@Nullable String value) {
    return value == null ? MissingNode.getInstance() : TextNode.valueOf(value);
  }
}
