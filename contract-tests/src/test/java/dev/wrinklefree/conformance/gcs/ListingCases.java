package dev.wrinklefree.conformance.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;

/** What {@code objects.list} shows. */
final class ListingCases {

  /** In the order of their UTF-8 bytes; the last is outside the basic plane. */
  private static final List<String> NAMES =
      List.of(
          "A/upper.pt",
          "a/checkpoint-1000/model.pt",
          "a/checkpoint-999/model.pt",
          "a/last.pt",
          "a b/with space.pt",
          "a/100%+1.pt",
          "b",
          "b/",
          "ü/wäge.pt",
          "\uFF5E.pt",
          "\uD83D\uDE80.pt");

  private static final int MOST_PAGES = 20;

  private ListingCases() {}

  static List<Case> all() {
    return List.of(
        new Case("an empty bucket is listed without items", b -> Seen.page(b.get("/o"))),
        new Case(
            "a bucket that is missing cannot be listed", b -> Seen.reason(b.missing().get("/o"))),
        listing("names come in the order of their bytes", ""),
        listing("a prefix", "prefix=a/"),
        listing("a prefix ends anywhere", "prefix=a/checkpoint-1"),
        listing("a prefix that nothing has", "prefix=nothing/"),
        listing("a prefix with letters beyond ASCII", "prefix=%C3%BC/w%C3%A4"),
        listing("a prefix with a space and one with a percent sign", "prefix=a%2F100%25%2B"),
        listing("a delimiter", "delimiter=/"),
        listing("a delimiter below a prefix", "prefix=a/&delimiter=/"),
        listing("a delimiter of several characters", "prefix=a/&delimiter=checkpoint-"),
        listing("folders as items", "delimiter=/&includeTrailingDelimiter=true"),
        listing("from a name on", "startOffset=a/last.pt"),
        listing("up to a name", "endOffset=a/last.pt"),
        listing("from a name up to one, below a prefix", "prefix=a/&startOffset=a/c&endOffset=a/l"),
        listing("versions of a bucket that keeps none", "versions=true&prefix=a/"),
        listing("no access lists", "projection=noAcl&prefix=a/l"),
        listing("as many results as fit", "maxResults=11"),
        listing("more results than there are", "maxResults=1000"),
        new Case("pages of three", b -> pages(b, "maxResults=3")),
        new Case("pages of one below a prefix", b -> pages(b, "maxResults=1&prefix=a/")),
        new Case("pages of folders and objects", b -> pages(b, "maxResults=2&delimiter=/")),
        new Case(
            "pages from a name on", b -> pages(b, "maxResults=2&startOffset=a/l&endOffset=b/")),
        new Case(
            "a page token that nobody gave",
            b -> Seen.refusal(filled(b).get("/o?maxResults=1&pageToken=%25%25"))),
        new Case(
            "a number of results that is none", b -> Seen.refusal(b.get("/o?maxResults=many"))),
        new Case(
            "an object in a listing",
            b -> {
              b.put("a.pt", "weights");
              return Seen.object(Bucket.json(b.get("/o")).at("/items/0"));
            }),
        new Case("only the fields that are asked for", ListingCases::fields),
        new Case("an overwritten object is listed once", ListingCases::overwritten),
        new Case(
            "a deleted object is not listed",
            b -> {
              filled(b).delete(Bucket.object("a/last.pt"));
              return Seen.page(b.get("/o?prefix=a/l"));
            }));
  }

  private static Case listing(String name, String query) {
    return new Case(name, b -> Seen.page(filled(b).get("/o?" + query)));
  }

  private static Bucket filled(Bucket bucket) {
    NAMES.forEach(name -> bucket.put(name, "x"));
    return bucket;
  }

  private static JsonNode pages(Bucket bucket, String query) {
    filled(bucket);
    ArrayNode pages = Bucket.MAPPER.createArrayNode();
    String token = "";
    do {
      HttpResponse<String> answer =
          bucket.get(
              "/o?" + query + (token.isEmpty() ? "" : "&pageToken=" + Bucket.encoded(token)));
      pages.add(Seen.page(answer));
      token = Bucket.json(answer).path("nextPageToken").asText("");
    } while (!token.isEmpty() && pages.size() < MOST_PAGES);
    return pages;
  }

  private static JsonNode fields(Bucket bucket) {
    filled(bucket);
    JsonNode page =
        Bucket.json(
            bucket.get("/o?prefix=a/&maxResults=1&fields=nextPageToken,items(name,generation)"));
    ObjectNode seen = Bucket.seen();
    page.fieldNames().forEachRemaining(seen.withArray("page")::add);
    page.at("/items/0").fieldNames().forEachRemaining(seen.withArray("item")::add);
    return seen;
  }

  private static JsonNode overwritten(Bucket bucket) {
    long first = bucket.put("last.pt", "1").path("generation").asLong();
    long second = bucket.put("last.pt", "22").path("generation").asLong();
    JsonNode page = Bucket.json(bucket.get("/o"));
    ObjectNode seen = Seen.page(page);
    seen.put("size", page.at("/items/0/size").asText());
    seen.put("generationGrows", second > first);
    seen.put("newest", page.at("/items/0/generation").asLong() == second);
    return seen;
  }
}
