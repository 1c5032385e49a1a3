package dev.wrinklefree.conformance.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;

/** What is compared of an answer: what our reader and the trainers' writers rely on. */
final class Seen {

  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";

  private Seen() {}

  static ObjectNode status(HttpResponse<String> answer) {
    return Bucket.seen().put("status", answer.statusCode());
  }

  /** Status and, of a refusal, whether it is the API's error document. */
  static ObjectNode refusal(HttpResponse<String> answer) {
    ObjectNode seen = status(answer);
    JsonNode error = Bucket.json(answer).path("error");
    if (answer.statusCode() >= 400) {
      seen.put("code", error.path("code").asInt());
      seen.put("hasMessage", !error.path("message").asText().isEmpty());
    }
    return seen;
  }

  /** Status and the word that says why. */
  static ObjectNode reason(HttpResponse<String> answer) {
    return refusal(answer).put("reason", Bucket.json(answer).at("/error/errors/0/reason").asText());
  }

  /** An object's resource: values that are the object's, and the form of those that are not. */
  static ObjectNode object(JsonNode resource) {
    ObjectNode seen = Bucket.seen();
    for (String exact :
        List.of(
            "kind",
            "name",
            "size",
            "crc32c",
            "md5Hash",
            "contentType",
            "contentEncoding",
            "metageneration",
            "componentCount",
            "metadata")) {
      if (resource.has(exact) && !resource.get(exact).asText("-").isEmpty()) {
        seen.set(exact, resource.get(exact));
      }
    }
    seen.put("generationIsText", resource.path("generation").isTextual());
    seen.put("generation", resource.path("generation").asText().matches("[1-9]\\d*"));
    for (String time : List.of("timeCreated", "updated")) {
      seen.put(time, resource.path(time).asText().matches(TIME));
    }
    return seen;
  }

  static ObjectNode object(HttpResponse<String> answer) {
    ObjectNode seen = refusal(answer);
    if (answer.statusCode() == 200) {
      seen.set("object", object(Bucket.json(answer)));
    }
    return seen;
  }

  /** One page: names in their order. */
  static ObjectNode page(JsonNode listing) {
    ObjectNode seen = Bucket.seen();
    seen.put("kind", listing.path("kind").asText());
    seen.put("hasItems", listing.has("items"));
    seen.put("hasPrefixes", listing.has("prefixes"));
    seen.put("goesOn", !listing.path("nextPageToken").asText("").isEmpty());
    ArrayNode names = seen.putArray("names");
    listing.path("items").forEach(item -> names.add(item.path("name")));
    seen.putArray("prefixes").addAll((ArrayNode) listing.withArray("/prefixes"));
    return seen;
  }

  static ObjectNode page(HttpResponse<String> answer) {
    ObjectNode seen = refusal(answer);
    if (answer.statusCode() == 200) {
      seen.set("page", page(Bucket.json(answer)));
    }
    return seen;
  }
}
