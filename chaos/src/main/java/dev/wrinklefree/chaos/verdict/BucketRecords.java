package dev.wrinklefree.chaos.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.audit.server.BucketObject;
import dev.wrinklefree.sandbox.gcs.FinalizedObject;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The objects as the stand-in for Cloud Storage has them itself. */
final class BucketRecords {

  private BucketRecords() {}

  /**
   * All objects of the checkpoint bucket, also those that a run overwrote when it recovered.
   *
   * @param finalized every object that the bucket ever had
   */
  static List<BucketObject> read(URI server, List<FinalizedObject> finalized)
      throws IOException, InterruptedException {
    List<BucketObject> objects = new ArrayList<>(present(server));
    Set<Long> live = objects.stream().map(BucketObject::generation).collect(Collectors.toSet());
    finalized.stream()
        .filter(object -> !live.contains(object.generation()))
        .map(
            object ->
                new BucketObject(object.bucket(), object.name(), object.generation(), 0, false))
        .forEach(objects::add);
    return objects;
  }

  private static List<BucketObject> present(URI server) throws IOException, InterruptedException {
    List<BucketObject> objects = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String token = null;
      do {
        JsonNode page = Answers.get(http, server.resolve(address(token)));
        for (JsonNode item : page.path("items")) {
          objects.add(
              new BucketObject(
                  ServiceDefinition.BUCKET,
                  item.get("name").textValue(),
                  item.get("generation").asLong(),
                  item.get("size").asLong(),
                  true));
        }
        token = page.path("nextPageToken").textValue();
      } while (token != null);
    }
    return objects;
  }

  private static String address(@Nullable String token) {
    String first = "/storage/v1/b/" + ServiceDefinition.BUCKET + "/o?maxResults=1000";
    return token == null
        ? first
        : first + "&pageToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
  }
}
