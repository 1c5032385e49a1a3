package dev.wrinklefree.conformance.gcs;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The messages that a server published about its objects, each with attributes and data.
 *
 * @param all gives those of all buckets that came until now
 */
record Notifications(Supplier<List<JsonNode>> all) {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What a file has, one JSON document a line, as pubsub_capture.py writes it. */
  static Notifications in(Path file) {
    return new Notifications(
        () -> {
          try {
            List<JsonNode> messages = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
              messages.add(Bucket.MAPPER.readTree(line));
            }
            return messages;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** What a subscription gives; nothing is acknowledged, so nothing is lost. */
  static Notifications pulled(URI endpoint, String subscription) {
    List<JsonNode> pulled = new ArrayList<>();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint + "/v1/" + subscription + ":pull"))
            .POST(BodyPublishers.ofString("{\"maxMessages\": 1000, \"returnImmediately\": true}"))
            .build();
    return new Notifications(
        () -> {
          try (HttpClient http = HttpClient.newHttpClient()) {
            String answer = http.send(request, BodyHandlers.ofString()).body();
            Bucket.MAPPER
                .readTree(answer)
                .path("receivedMessages")
                .forEach(received -> pulled.add(received.path("message")));
            return List.copyOf(pulled);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
          }
        });
  }

  /** All of a bucket, once one of this object is among them. */
  List<JsonNode> of(String bucket, String lastObject) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                all.get().stream()
                    .filter(m -> m.at("/attributes/bucketId").asText().equals(bucket))
                    .toList(),
            messages ->
                messages.stream()
                    .anyMatch(m -> m.at("/attributes/objectId").asText().equals(lastObject)));
  }
}
