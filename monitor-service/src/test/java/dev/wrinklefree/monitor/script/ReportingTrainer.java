package dev.wrinklefree.monitor.script;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.sandbox.wandb.WandbServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Reports to the W&amp;B stand-in as W&amp;B's own client does for a trainer. */
public final class ReportingTrainer implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String BEGIN =
      """
      mutation UpsertBucket($project: String, $name: String) {
        upsertBucket(input: {modelName: $project, name: $name}) { bucket { id name } inserted }
      }""";

  private final WandbServer server;
  private final String project;
  private final String run;
  private final HttpClient http = HttpClient.newHttpClient();
  private int rows;

  /** Begins the run. */
  public ReportingTrainer(WandbServer server, String project, String run) {
    this.server = server;
    this.project = project;
    this.run = run;
    ObjectNode body = MAPPER.createObjectNode().put("query", BEGIN);
    body.putObject("variables").put("project", project).put("name", run);
    post("/graphql", body.toString());
  }

  /** Logs a row, with the loss as it is written. */
  public void log(long step, String loss) {
    String row =
        "{\"_step\":%d,\"_timestamp\":%.3f,\"progress/step\":%d,\"train/loss\":%s}"
            .formatted(step, System.currentTimeMillis() / 1000.0, step, loss);
    ObjectNode files = MAPPER.createObjectNode();
    files.putObject("wandb-history.jsonl").put("offset", rows++).putArray("content").add(row);
    files.putObject("wandb-summary.json").put("offset", 0).putArray("content").add(row);
    stream("{\"files\":" + files + "}");
  }

  /** Ends the run well. */
  public void finish() {
    stream("{\"complete\":true,\"exitcode\":0}");
  }

  @Override
  public void close() {
    http.close();
  }

  private void stream(String body) {
    post("/files/%s/%s/%s/file_stream".formatted(server.entity(), project, run), body);
  }

  private void post(String path, String body) {
    String key =
        Base64.getEncoder()
            .encodeToString(("api:" + server.apiKey()).getBytes(StandardCharsets.UTF_8));
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(URI.create(server.endpoint() + path))
                  .header("Authorization", "Basic " + key)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200 || response.body().contains("\"errors\"")) {
        throw new IllegalStateException(response.statusCode() + " " + response.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
