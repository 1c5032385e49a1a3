package dev.wrinklefree.conformance.skypilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The tasks that launch-service renders, and what a server says of its clouds and their prices. */
final class TaskCases {

  /** Held to what launch-service renders by its own tests. */
  private static final Path TASKS = Path.of("src/test/resources/skypilot/tasks");

  private TaskCases() {}

  static List<Case> all() {
    Stream<Case> tasks =
        Stream.of("fairy2_train", "train", "dlm", "smoke", "eval")
            .map(kind -> new Case("our task: " + kind, s -> validated(s, kind)));
    return Stream.concat(
            tasks,
            Stream.of(
                new Case("the clouds that are enabled", TaskCases::clouds),
                new Case("the prices of accelerators", TaskCases::prices)))
        .toList();
  }

  private static JsonNode validated(Server server, String kind) {
    try {
      String yaml = Files.readString(TASKS.resolve(kind + ".yaml"));
      HttpResponse<String> answer =
          server.post(
              "/validate", Server.body().put("dag", yaml).putNull("request_options").toString());
      ObjectNode seen = Server.seen(answer);
      JsonNode detail = Server.json(answer.body()).path("detail");
      if (answer.statusCode() != 200) {
        seen.set("type", detail.path("type"));
        seen.set("message", detail.path("message"));
      }
      return seen;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Which they are is a matter of where the server runs. */
  private static JsonNode clouds(Server server) {
    HttpResponse<String> submitted = server.get("/enabled_clouds");
    String id = submitted.headers().firstValue(Server.REQUEST_ID).orElseThrow();
    JsonNode payload = Server.json(server.get("/api/get?request_id=" + id).body());
    JsonNode clouds = Server.json(payload.path("return_value").asText());
    ObjectNode seen = Server.seen(submitted).put("list", clouds.isArray());
    seen.set("name", payload.path("name"));
    boolean words = true;
    for (JsonNode cloud : clouds) {
      words &= cloud.isTextual();
    }
    return seen.put("words", words);
  }

  private static JsonNode prices(Server server) {
    ObjectNode body = Server.body().put("name_filter", "^(H100)$").put("all_regions", true);
    body.put("gpus_only", true).put("require_price", true).put("case_sensitive", true);
    HttpResponse<String> outcome = server.outcome("/list_accelerators", body);
    Assumptions.assumeFalse(
        outcome.statusCode() == 500 && outcome.body().contains("raw.githubusercontent.com"),
        "prices of accelerators: the real server fetches its catalogue from GitHub, which cannot be"
            + " reached from here");
    ObjectNode seen = Server.seen(outcome);
    JsonNode offers =
        Server.json(Server.json(outcome.body()).path("return_value").asText()).path("H100");
    seen.put("offers", !offers.isEmpty()).put("columns", offers.path(0).size());
    return seen;
  }
}
