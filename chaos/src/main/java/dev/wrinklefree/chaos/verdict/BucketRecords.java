package dev.wrinklefree.chaos.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.audit.server.BucketObject;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The objects as the stand-in for Cloud Storage has them itself. */
final class BucketRecords {

  private BucketRecords() {}

  /** All objects of the checkpoint bucket. */
  static List<BucketObject> read(URI server) throws IOException, InterruptedException {
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
