package dev.wrinklefree.conformance.gcs;

import static dev.wrinklefree.conformance.gcs.Bucket.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Objects made of others: composed, copied and rewritten. A rename is a rewrite and a deletion. */
final class CopyCases {

  private CopyCases() {}

  static List<Case> all() {
    return List.of(
        new Case(
            "a composed object",
            b -> {
              b.put("1", "wei");
              b.put("2", "ghts");
              ObjectNode seen = Seen.object(compose(b, "\"1\"", "\"2\""));
              return seen.put("content", b.get(object("all") + "?alt=media").body());
            }),
        new Case(
            "a composed object in a listing",
            b -> {
              b.put("1", "wei");
              b.put("2", "ghts");
              compose(b, "\"1\"", "\"2\"");
              return Seen.object(Bucket.json(b.get("/o?prefix=all")).at("/items/0"));
            }),
        new Case(
            "an object composed of one",
            b -> {
              b.put("1", "weights");
              return Seen.object(compose(b, "\"1\""));
            }),
        new Case(
            "a composition of a part that is missing",
            b -> {
              b.put("1", "wei");
              return Seen.reason(compose(b, "\"1\"", "\"2\""));
            }),
        new Case(
            "a composition of too many parts",
            b -> {
              b.put("1", "x");
              String[] parts = IntStream.range(0, 33).mapToObj(i -> "\"1\"").toArray(String[]::new);
              return Seen.status(compose(b, parts));
            }),
        new Case(
            "a composition only if it is new",
            b -> {
              b.put("1", "wei");
              b.put("all", "old");
              return Seen.reason(compose(b, "?ifGenerationMatch=0", List.of("\"1\"")));
            }),
        new Case(
            "a rewrite",
            b -> {
              b.put("a/b.pt", "weights");
              HttpResponse<String> answer = b.post(to("rewriteTo", b, "a/b.pt", "c/d.pt"), "");
              JsonNode body = Bucket.json(answer);
              ObjectNode seen = Seen.refusal(answer);
              seen.put("kind", body.path("kind").asText());
              seen.put("done", body.path("done").asBoolean());
              seen.put("rewritten", body.path("totalBytesRewritten").asText());
              seen.put("size", body.path("objectSize").asText());
              seen.set("object", Seen.object(body.path("resource")));
              return seen.put("content", b.get(object("c/d.pt") + "?alt=media").body());
            }),
        new Case(
            "a copy",
            b -> {
              b.put("a/b.pt", "weights");
              ObjectNode seen = Seen.object(b.post(to("copyTo", b, "a/b.pt", "c/d.pt"), ""));
              return seen.put("content", b.get(object("c/d.pt") + "?alt=media").body());
            }),
        new Case(
            "a rewrite keeps what was said of the object",
            b -> {
              b.put("a", "weights");
              b.patch(object("a"), "{\"metadata\": {\"step\": \"10\"}}");
              b.post(to("rewriteTo", b, "a", "b"), "");
              return Seen.object(b.get(object("b")));
            }),
        new Case(
            "a rewrite of an object that is missing",
            b -> Seen.reason(b.post(to("rewriteTo", b, "a", "b"), ""))),
        new Case(
            "a rewrite only if it is new",
            b -> {
              b.put("a", "weights");
              b.put("b", "old");
              return Seen.reason(b.post(to("rewriteTo", b, "a", "b") + "?ifGenerationMatch=0", ""));
            }),
        new Case(
            "a rename",
            b -> {
              b.put("checkpoint/.metadata.tmp", "weights");
              b.post(to("rewriteTo", b, "checkpoint/.metadata.tmp", "checkpoint/.metadata"), "");
              b.delete(object("checkpoint/.metadata.tmp"));
              return Seen.page(b.get("/o"));
            }));
  }

  private static String to(String how, Bucket bucket, String from, String to) {
    return "%s/%s/b/%s%s".formatted(object(from), how, bucket.name(), object(to));
  }

  private static HttpResponse<String> compose(Bucket bucket, String... parts) {
    return compose(bucket, "", List.of(parts));
  }

  private static HttpResponse<String> compose(Bucket bucket, String query, List<String> parts) {
    String sources =
        parts.stream().map("{\"name\": %s}"::formatted).collect(Collectors.joining(", "));
    return bucket.post(
        object("all") + "/compose" + query,
        "{\"sourceObjects\": [%s], \"destination\": {\"contentType\": \"x/y\"}}"
            .formatted(sources));
  }
}
