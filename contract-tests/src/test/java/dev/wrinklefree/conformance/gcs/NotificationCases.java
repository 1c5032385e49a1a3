package dev.wrinklefree.conformance.gcs;

import static dev.wrinklefree.conformance.gcs.Bucket.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/** What Pub/Sub is told of objects that become visible: OBJECT_FINALIZE with JSON_API_V1. */
final class NotificationCases {

  /** Written last: when it is told, everything before it is. */
  private static final String LAST = "zzz/last";

  private static final List<String> RELIED_ON =
      List.of("kind", "name", "size", "crc32c", "generation", "generationIsText");

  private NotificationCases() {}

  static List<Case> all() {
    return List.of(
        new Case(
            "a new object is told",
            b -> {
              b.put("run 1/wäge.pt", "weights");
              return told(b);
            }),
        new Case(
            "a message with all that is in it",
            b -> {
              b.put("run 1/wäge.pt", "weights");
              return told(b, true);
            }),
        new Case(
            "an overwrite is told with what it replaced",
            b -> {
              b.put("a.pt", "1");
              b.put("a.pt", "2");
              return told(b);
            }),
        new Case(
            "an upload that was refused is not told",
            b -> {
              b.put("a.pt", "1");
              b.upload(
                  "uploadType=media&name=a.pt&ifGenerationMatch=0", "2", "Content-Type", "x/y");
              return told(b);
            }),
        new Case(
            "an upload in pieces is told at its end",
            b -> {
              String session =
                  b.upload("uploadType=resumable&name=a.pt", "{\"contentType\": \"x/y\"}")
                      .headers()
                      .firstValue("Location")
                      .orElse("");
              b.call("PUT", session, "w".repeat(262_144), "Content-Range", "bytes 0-262143/262145");
              b.put("between", "x");
              b.call("PUT", session, "w", "Content-Range", "bytes 262144-262144/262145");
              return told(b);
            }),
        new Case(
            "a composed object is told",
            b -> {
              b.put("1", "wei");
              b.put("2", "ghts");
              b.post(
                  object("all") + "/compose",
                  "{\"sourceObjects\": [{\"name\": \"1\"}, {\"name\": \"2\"}],"
                      + " \"destination\": {\"contentType\": \"x/y\"}}");
              return told(b);
            }),
        new Case(
            "a rewrite is told",
            b -> {
              b.put("a", "weights");
              b.post("%s/rewriteTo/b/%s%s".formatted(object("a"), b.name(), object("b")), "");
              return told(b);
            }));
  }

  /** What our reader takes from each message; all that is in one is a case of its own. */
  private static JsonNode told(Bucket bucket) throws IOException {
    return told(bucket, false);
  }

  private static JsonNode told(Bucket bucket, boolean whole) throws IOException {
    bucket.put(LAST, "x");
    List<JsonNode> messages = new ArrayList<>(bucket.notifications(LAST));
    // Pub/Sub promises no order; generations have one.
    messages.sort(Comparator.comparing(m -> m.at("/attributes/objectGeneration").asLong()));
    ObjectNode seen = Bucket.seen();
    for (JsonNode message : messages) {
      if (!message.at("/attributes/objectId").asText().equals(LAST)) {
        ObjectNode one = message(bucket, message);
        if (!whole) {
          one.withObject("/attributes").remove("notificationConfig");
          one.withObject("/resource").retain(RELIED_ON);
        }
        seen.withArray("messages").add(one);
      }
    }
    return seen;
  }

  private static ObjectNode message(Bucket bucket, JsonNode message) throws IOException {
    JsonNode resource =
        Bucket.MAPPER.readTree(Base64.getDecoder().decode(message.path("data").asText()));
    ObjectNode attributes = Bucket.seen();
    message
        .path("attributes")
        .properties()
        .forEach(attribute -> attributes.set(attribute.getKey(), attribute.getValue()));
    plain(attributes, "bucketId", bucket.name());
    plain(attributes, "objectGeneration", resource.path("generation").asText());
    for (String whatever : List.of("notificationConfig", "eventTime", "overwroteGeneration")) {
      if (attributes.has(whatever)) {
        attributes.put(whatever, attributes.path(whatever).asText().isEmpty() ? "" : "<some>");
      }
    }
    ObjectNode seen = Bucket.seen();
    seen.set("attributes", attributes);
    seen.set("resource", Seen.object(resource));
    return seen;
  }

  private static void plain(ObjectNode attributes, String name, String expected) {
    attributes.put(name, attributes.path(name).asText().equals(expected) ? "<right>" : "<wrong>");
  }
}
