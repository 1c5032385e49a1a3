package dev.wrinklefree.conformance.gcs;

import static dev.wrinklefree.conformance.gcs.Bucket.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;

/** What is said of one object, what is read of it, and what changes it. */
final class ObjectCases {

  private static final String ODD = "run 1/wäge+1%?#&=\u00E9/\uD83D\uDE80.pt";

  private ObjectCases() {}

  static List<Case> all() {
    return List.of(
        new Case(
            "an object's resource",
            b -> {
              b.put("a.pt", "weights");
              return Seen.object(b.get(object("a.pt")));
            }),
        new Case(
            "an object's id",
            b -> {
              JsonNode resource = b.put("a.pt", "weights");
              String id = "%s/a.pt/%s".formatted(b.name(), resource.path("generation").asText());
              return Bucket.seen().put("id", resource.path("id").asText().equals(id));
            }),
        new Case(
            "an object of any name",
            b -> {
              b.put(ODD, "weights");
              ObjectNode seen = Seen.object(b.get(object(ODD)));
              return seen.put("content", b.get(object(ODD) + "?alt=media").body());
            }),
        new Case("an object without bytes", b -> Seen.object(b.put("empty", ""))),
        new Case("an object that is missing", b -> Seen.reason(b.get(object("no")))),
        new Case(
            "an object of a bucket that is missing",
            b -> Seen.reason(b.missing().get(object("no")))),
        new Case(
            "a generation that is missing",
            b -> {
              b.put("a.pt", "weights");
              return Seen.reason(b.get(object("a.pt") + "?generation=1"));
            }),
        new Case(
            "a generation that was overwritten",
            b -> {
              String first = b.put("a.pt", "1").path("generation").asText();
              b.put("a.pt", "2");
              return Seen.reason(b.get(object("a.pt") + "?generation=" + first));
            }),
        new Case(
            "content",
            b -> {
              b.put("a.pt", "weights");
              return content(b.get(object("a.pt") + "?alt=media"));
            }),
        new Case(
            "content by the download path",
            b -> {
              b.put("a/b.pt", "weights");
              return content(b.download("a/b.pt"));
            }),
        new Case("content that is missing", b -> Seen.status(b.get(object("no") + "?alt=media"))),
        range("a range of content", "bytes=1-3"),
        range("content from a byte on", "bytes=3-"),
        range("the end of the content", "bytes=-2"),
        range("a range beyond the content", "bytes=100-"),
        new Case(
            "an overwrite",
            b -> {
              JsonNode first = b.put("a.pt", "1");
              JsonNode second = b.put("a.pt", "2");
              return Seen.object(second)
                  .put(
                      "generationGrows",
                      second.path("generation").asLong() > first.path("generation").asLong());
            }),
        new Case("a change of metadata", ObjectCases::metadata),
        new Case(
            "a change of an object that is missing",
            b -> Seen.reason(b.patch(object("no"), "{\"metadata\": {\"a\": \"b\"}}"))),
        new Case(
            "a deletion",
            b -> {
              b.put("a.pt", "weights");
              ObjectNode seen = Bucket.seen();
              seen.set("first", Seen.status(b.delete(object("a.pt"))));
              seen.set("then", Seen.reason(b.get(object("a.pt"))));
              seen.set("again", Seen.reason(b.delete(object("a.pt"))));
              return seen;
            }),
        new Case(
            "a bucket",
            b -> {
              HttpResponse<String> answer = b.get("");
              return Seen.status(answer)
                  .put("kind", Bucket.json(answer).path("kind").asText())
                  .put("named", Bucket.json(answer).path("name").asText().equals(b.name()));
            }),
        new Case("a bucket that is missing", b -> Seen.reason(b.missing().get(""))),
        new Case(
            "a bucket with objects is not deleted",
            b -> {
              b.put("a.pt", "weights");
              return Seen.refusal(b.delete(""));
            }),
        new Case(
            "an empty bucket is deleted",
            b -> {
              ObjectNode seen = Bucket.seen();
              seen.set("first", Seen.status(b.delete("")));
              seen.set("then", Seen.refusal(b.get("")));
              return seen;
            }));
  }

  private static Case range(String name, String range) {
    return new Case(
        name,
        b -> {
          b.put("a.pt", "weights");
          HttpResponse<String> answer = b.get(object("a.pt") + "?alt=media", "Range", range);
          ObjectNode seen = Seen.status(answer);
          if (answer.statusCode() < 300) {
            seen.put("content", answer.body());
            seen.put("range", answer.headers().firstValue("Content-Range").orElse(""));
          }
          return seen;
        });
  }

  private static JsonNode content(HttpResponse<String> answer) {
    return Seen.status(answer)
        .put("content", answer.body())
        .put("type", answer.headers().firstValue("Content-Type").orElse(""))
        .put("hash", answer.headers().allValues("x-goog-hash").toString().contains("crc32c="))
        .put("generation", answer.headers().firstValue("x-goog-generation").isPresent());
  }

  private static JsonNode metadata(Bucket bucket) {
    JsonNode before = bucket.put("a.pt", "weights");
    bucket.patch(object("a.pt"), "{\"metadata\": {\"step\": \"10\", \"kept\": \"yes\"}}");
    HttpResponse<String> answer =
        bucket.patch(object("a.pt"), "{\"metadata\": {\"step\": \"20\"}}");
    return Seen.object(answer)
        .put(
            "sameGeneration",
            Bucket.json(answer)
                .path("generation")
                .asText()
                .equals(before.path("generation").asText()));
  }
}
