package dev.wrinklefree.sandbox.wandb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A client of the stand-in, which says what W&amp;B's SDK says. */
final class WandbCalls implements Closeable {

  static final String PROJECT = "wrinklefree-fairy2";

  private final HttpClient http = HttpClient.newHttpClient();
  private final WandbServer server;

  WandbCalls(WandbServer server) {
    this.server = server;
  }

  /** The document that a query with the right key is answered with. */
  JsonNode ask(String query, @Nullable Object... variables)
      throws IOException, InterruptedException {
    return ExtendedJson.MAPPER.readTree(graphql(server.apiKey(), query, variables).body());
  }

  HttpResponse<String> graphql(@Nullable String key, String query, @Nullable Object... variables)
      throws IOException, InterruptedException {
    ObjectNode body = ExtendedJson.MAPPER.createObjectNode().put("query", query);
    ObjectNode values = body.putObject("variables");
    for (int i = 0; i < variables.length; i += 2) {
      values.set(String.valueOf(variables[i]), ExtendedJson.MAPPER.valueToTree(variables[i + 1]));
    }
    return post("/graphql", ExtendedJson.text(body), key);
  }

  /** Begins a run, or takes it up. */
  JsonNode begin(String run) throws IOException, InterruptedException {
    return ask(
        """
        mutation UpsertBucket($project: String, $name: String, $config: JSONString) {
          upsertBucket(input: {modelName: $project, name: $name, config: $config}) {
            bucket { id name displayName state project { name entity { name } } }
            inserted
          }
        }""",
        "project",
        PROJECT,
        "name",
        run,
        "config",
        "{\"lr\":{\"value\":0.1}}");
  }

  HttpResponse<String> stream(String run, String body) throws IOException, InterruptedException {
    String path = "/files/%s/%s/%s/file_stream".formatted(server.entity(), PROJECT, run);
    return post(path, body, server.apiKey());
  }

  /** History rows from a line's number on, and the summary. */
  HttpResponse<String> log(String run, int offset, String... rows)
      throws IOException, InterruptedException {
    ObjectNode body = ExtendedJson.MAPPER.createObjectNode();
    ObjectNode files = body.putObject("files");
    ObjectNode history = files.putObject("wandb-history.jsonl").put("offset", offset);
    history.set("content", ExtendedJson.MAPPER.valueToTree(rows));
    ObjectNode summary = files.putObject("wandb-summary.json").put("offset", 0);
    summary.putArray("content").add(rows[rows.length - 1]);
    return stream(run, ExtendedJson.text(body));
  }

  /** One field of a run. */
  JsonNode field(String run, String field) throws IOException, InterruptedException {
    return ask(
            "query($p: String!, $n: String!) { project(name: $p) { run(name: $n) { f: "
                + field
                + " } } }",
            "p",
            PROJECT,
            "n",
            run)
        .at("/data/project/run/f");
  }

  HttpResponse<String> post(String path, String body, @Nullable String key)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.endpoint() + path))
            .POST(BodyPublishers.ofString(body));
    if (key != null) {
      byte[] credentials = ("api:" + key).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.close();
  }
}
