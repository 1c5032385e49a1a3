package dev.wrinklefree.bench.soak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reports to W&B as its SDK does, and uploads as a client of Cloud Storage does. Thread-safe. */
final class TrainingClient {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int CHECKPOINT_BYTES = 256;
  private static final String UPSERT =
      "mutation UpsertBucket($name: String, $project: String, $entity: String) {"
          + " upsertBucket(input: {name: $name, modelName: $project, entityName: $entity}) {"
          + " bucket { name } inserted } }";

  private final HttpClient http;
  private final URI storage;
  private final URI wandb;
  private final String entity;
  private final String authorization;

  /**
   * @param storage the bucket's server
   * @param wandb W&B's server
   * @param entity owner of the projects
   * @param key for W&B
   */
  TrainingClient(HttpClient http, URI storage, URI wandb, String entity, String key) {
    this.http = http;
    this.storage = storage;
    this.wandb = wandb;
    this.entity = entity;
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(("api:" + key).getBytes(StandardCharsets.US_ASCII));
  }

  /** Begins the run that a job's environment names. */
  Run begin(Map<String, String> variables) throws InterruptedException {
    Run run =
        new Run(
            Objects.requireNonNull(variables.get("WANDB_PROJECT")),
            Objects.requireNonNull(variables.get("RUN_ID")),
            Objects.requireNonNull(variables.get("GCS_BUCKET")),
            Objects.requireNonNull(variables.get("GCS_PREFIX")));
    Map<String, Object> names = Map.of("name", run.name, "project", run.project, "entity", entity);
    toWandb("/graphql", Map.of("query", UPSERT, "variables", names));
    return run;
  }

  /** One run; for one thread. Each method says whether the server took it. */
  final class Run {

    private final String project;
    private final String name;
    private final String bucket;
    private final String prefix;
    private final long beganMillis = System.currentTimeMillis();
    private int rows;

    private Run(String project, String name, String bucket, String prefix) {
      this.project = project;
      this.name = name;
      this.bucket = bucket;
      this.prefix = prefix;
    }

    /** Reports the figures of a step. */
    boolean report(int step) throws InterruptedException {
      double seconds = System.currentTimeMillis() / 1e3;
      String row =
          text(
              Map.of(
                  "_step",
                  step,
                  "_timestamp",
                  seconds,
                  "_runtime",
                  seconds - beganMillis / 1e3,
                  "train/loss",
                  2 + 8 / Math.sqrt(step),
                  "train/lr",
                  3e-4,
                  "progress/step",
                  step,
                  "progress/tokens",
                  step * 1_024L));
      Map<String, Object> files =
          Map.of(
              "wandb-history.jsonl", Map.of("offset", rows, "content", List.of(row)),
              "wandb-summary.json", Map.of("offset", 0, "content", List.of(row)));
      rows++;
      return toWandb(stream(), Map.of("files", files));
    }

    /** Reports the end. */
    boolean finish() throws InterruptedException {
      return toWandb(stream(), Map.of("complete", true, "exitcode", 0));
    }

    /** Writes an object below the run's prefix. */
    boolean upload(String file) throws InterruptedException {
      String object = URLEncoder.encode(prefix + file, StandardCharsets.UTF_8);
      URI target =
          storage.resolve(
              "/upload/storage/v1/b/%s/o?uploadType=media&name=%s".formatted(bucket, object));
      return sent(
          HttpRequest.newBuilder(target)
              .header("Content-Type", "application/octet-stream")
              .POST(BodyPublishers.ofByteArray(new byte[CHECKPOINT_BYTES])));
    }

    private String stream() {
      return "/files/%s/%s/%s/file_stream".formatted(entity, project, name);
    }
  }

  private boolean toWandb(String path, Map<String, Object> body) throws InterruptedException {
    return sent(
        HttpRequest.newBuilder(wandb.resolve(path))
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(text(body))));
  }

  private boolean sent(HttpRequest.Builder request) throws InterruptedException {
    try {
      return http.send(request.timeout(TIMEOUT).build(), BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static String text(Map<String, Object> fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
