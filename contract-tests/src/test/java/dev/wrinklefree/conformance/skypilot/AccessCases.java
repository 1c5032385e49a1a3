package dev.wrinklefree.conformance.skypilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.conformance.record.Plain;
import dev.wrinklefree.conformance.skypilot.Host.Door;
import dev.wrinklefree.conformance.skypilot.Host.Guarded;
import dev.wrinklefree.skypilot.SkyPilotClient;
import dev.wrinklefree.skypilot.connection.Authentication;
import dev.wrinklefree.skypilot.connection.Authentication.Basic;
import dev.wrinklefree.skypilot.connection.Authentication.Bearer;
import dev.wrinklefree.skypilot.connection.Authentication.None;
import dev.wrinklefree.skypilot.jobs.QueueQuery;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Who is let in, what is said to the others, and what our client makes of it. */
final class AccessCases {

  private AccessCases() {}

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    door(
        cases,
        "a user and a password",
        Guarded::basic,
        Map.of(
            "no key",
            new None(),
            "a wrong password",
            new Basic("ada", "difference"),
            "an unknown user",
            new Basic("linus", "engine"),
            "a token",
            new Bearer("other")));
    door(
        cases,
        "a service account",
        Guarded::token,
        Map.of(
            "no key",
            new None(),
            "a password",
            new Basic("ada", "engine"),
            "a wrong token",
            new Bearer("sky_wrong"),
            "a token of something else",
            new Bearer("other")));
    cases.add(new Case("open to all: a token", s -> met(open(s), new Bearer("sky_any"))));
    cases.add(new Case("open to all: a password", s -> met(open(s), new Basic("ada", "any"))));
    cases.add(
        new Case(
            "open to all: a proxy that tells who calls",
            s -> {
              List<String> headers = new ArrayList<>(Server.client("55"));
              headers.addAll(List.of("X-Auth-Request-Email", "ada@example.org"));
              JsonNode user = Server.json(s.get("/api/health", headers).body()).path("user");
              return Server.MAPPER
                  .createObjectNode()
                  .put("id", user.path("id").asText())
                  .put("name", user.path("name").asText());
            }));
    return List.copyOf(cases);
  }

  private static Door open(Server server) {
    return new Door(server.endpoint(), new None());
  }

  private static void door(
      List<Case> cases,
      String kind,
      Function<Guarded, Door> choose,
      Map<String, Authentication> wrong) {
    cases.add(
        new Case(
            "guarded by " + kind + ": the right key",
            s -> {
              Door door = choose.apply(s.host().guarded());
              return met(door, door.key());
            }));
    wrong.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            key ->
                cases.add(
                    new Case(
                        "guarded by " + kind + ": " + key.getKey(),
                        s -> met(choose.apply(s.host().guarded()), key.getValue()))));
  }

  private static JsonNode met(Door door, Authentication key) {
    Server server = new Server(door.endpoint(), key);
    ObjectNode seen = Server.MAPPER.createObjectNode();
    HttpResponse<String> health = server.get("/api/health");
    ObjectNode told = seen.putObject("health").put("status", health.statusCode());
    told.put("says", Server.json(health.body()).path("status").asText());
    told.put("knowsUs", Server.json(health.body()).path("user").isObject());
    HttpResponse<String> queue = server.outcome("/jobs/queue/v2", RequestCases.noJobs());
    ObjectNode answered = seen.putObject("queue").put("status", queue.statusCode());
    if (queue.statusCode() != 200) {
      answered.set("body", Plain.of(Server.json(queue.body())));
      for (String header : List.of("WWW-Authenticate", "Cache-Control")) {
        queue.headers().firstValue(header).ifPresent(value -> answered.put(header, value));
      }
    }
    try (SkyPilotClient client = server.client()) {
      seen.set("ourHealth", Failures.of(client::health));
      seen.set("ourQueue", Failures.of(() -> client.queue(QueueQuery.ofName("nobody has this"))));
      seen.set("ourLaunch", Failures.of(() -> client.submitLaunch("resources: {gpus: 3}\n", "x")));
    }
    return seen;
  }
}
