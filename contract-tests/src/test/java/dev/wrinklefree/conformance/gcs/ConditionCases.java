package dev.wrinklefree.conformance.gcs;

import static dev.wrinklefree.conformance.gcs.Bucket.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;

/** Conditions on the present generation and metageneration. */
final class ConditionCases {

  private ConditionCases() {}

  static List<Case> all() {
    return List.of(
        new Case(
            "only if it is new",
            b -> {
              ObjectNode seen = Bucket.seen();
              seen.set("first", Seen.reason(write(b, "ifGenerationMatch=0")));
              seen.set("again", Seen.reason(write(b, "ifGenerationMatch=0")));
              return seen.put("content", b.get(object("a.pt") + "?alt=media").statusCode());
            }),
        new Case(
            "only over the generation that is known",
            b -> {
              String known = b.put("a.pt", "1").path("generation").asText();
              ObjectNode seen = Bucket.seen();
              seen.set("first", Seen.reason(write(b, "ifGenerationMatch=" + known)));
              seen.set("again", Seen.reason(write(b, "ifGenerationMatch=" + known)));
              return seen;
            }),
        new Case(
            "only what changed is read",
            b -> {
              String known = b.put("a.pt", "1").path("generation").asText();
              ObjectNode seen = Bucket.seen();
              seen.set(
                  "same", Seen.status(b.get(object("a.pt") + "?ifGenerationNotMatch=" + known)));
              seen.set("other", Seen.status(b.get(object("a.pt") + "?ifGenerationNotMatch=1")));
              return seen;
            }),
        new Case(
            "only the generation that is known is read",
            b -> {
              b.put("a.pt", "1");
              return Seen.reason(b.get(object("a.pt") + "?ifGenerationMatch=1"));
            }),
        new Case(
            "only the generation that is known is deleted",
            b -> {
              String known = b.put("a.pt", "1").path("generation").asText();
              ObjectNode seen = Bucket.seen();
              seen.set("other", Seen.reason(b.delete(object("a.pt") + "?ifGenerationMatch=1")));
              seen.set(
                  "same", Seen.status(b.delete(object("a.pt") + "?ifGenerationMatch=" + known)));
              return seen;
            }),
        new Case(
            "only the metadata that is known is changed",
            b -> {
              b.put("a.pt", "1");
              ObjectNode seen = Bucket.seen();
              seen.set("first", patch(b, 1));
              seen.set("again", patch(b, 1));
              return seen;
            }));
  }

  private static HttpResponse<String> write(Bucket bucket, String condition) {
    return bucket.upload(
        "uploadType=media&name=a.pt&" + condition, "2", "Content-Type", "text/plain");
  }

  private static JsonNode patch(Bucket bucket, int metageneration) {
    return Seen.refusal(
        bucket.patch(
            object("a.pt") + "?ifMetagenerationMatch=" + metageneration,
            "{\"metadata\": {\"a\": \"b\"}}"));
  }
}
