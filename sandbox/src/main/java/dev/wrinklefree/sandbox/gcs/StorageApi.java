package dev.wrinklefree.sandbox.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Finds what a request wants by its path and method, and turns refusals into the API's error
 * documents.
 */
final class StorageApi implements HttpHandler {

  private static final String API = "/storage/v1/b";

  private final ObjectStore store;
  private final Uploads uploads;
  private final Copies copies;
  private final Downloads downloads;
  private final ListingApi listings;
  private final Faults faults;

  StorageApi(ObjectStore store, Faults faults, ListingFaults listingFaults) {
    this.store = store;
    this.listings = new ListingApi(store, listingFaults);
    this.uploads = new Uploads(store);
    this.copies = new Copies(store);
    this.downloads = new Downloads(store);
    this.faults = faults;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Request request = new Request(exchange);
    try {
      faults.next();
      route(request);
    } catch (StorageException e) {
      refuse(request, e);
    }
  }

  private void route(Request request) throws IOException {
    List<String> path = request.path();
    String joined = "/" + String.join("/", path.subList(0, Math.min(3, path.size())));
    if (joined.equals(API)) {
      buckets(request, path.subList(3, path.size()));
    } else if (isUnder("upload", path) && path.size() == 6 && path.get(5).equals("o")) {
      uploads.handle(request, path.get(4));
    } else if (isUnder("download", path) && path.size() == 7 && path.get(5).equals("o")) {
      downloads.handle(request, path.get(4), path.get(6));
    } else {
      throw unknown(request);
    }
  }

  private void buckets(Request request, List<String> rest) throws IOException {
    if (rest.isEmpty()) {
      allBuckets(request);
    } else if (rest.size() == 1) {
      oneBucket(request, rest.getFirst());
    } else if (rest.subList(1, rest.size()).equals(List.of("iam", "testPermissions"))) {
      store.requireBucket(rest.getFirst());
      request.answer(200, Resources.permissions(request.all("permissions")));
    } else if (rest.equals(List.of(rest.getFirst(), "storageLayout"))) {
      store.requireBucket(rest.getFirst());
      request.answer(200, Resources.layout(rest.getFirst()));
    } else if (!rest.get(1).equals("o")) {
      throw unknown(request);
    } else if (rest.size() == 2 && request.method().equals("GET")) {
      listings.handle(request, rest.getFirst());
    } else if (rest.size() == 3) {
      oneObject(request, rest.getFirst(), rest.get(2));
    } else if (rest.size() == 4 && rest.get(3).equals("compose")) {
      StoredObject composed = copies.compose(request, rest.getFirst(), rest.get(2));
      request.answer(200, Resources.object(composed, request.server()));
    } else if (rest.size() == 8 && rest.get(4).equals("b") && rest.get(6).equals("o")) {
      copy(request, rest);
    } else {
      throw unknown(request);
    }
  }

  private void copy(Request request, List<String> path) throws IOException {
    String way = path.get(3);
    if (!way.equals("copyTo") && !way.equals("rewriteTo")) {
      throw unknown(request);
    }
    StoredObject copy =
        copies.copy(request, path.getFirst(), path.get(2), path.get(5), path.get(7));
    ObjectNode resource = Resources.object(copy, request.server());
    request.answer(200, way.equals("copyTo") ? resource : Resources.rewritten(copy, resource));
  }

  private void allBuckets(Request request) throws IOException {
    switch (request.method()) {
      case "GET" -> request.answer(200, Resources.buckets(store.bucketNames(), request.server()));
      case "POST" -> {
        String name = request.json().path("name").asText();
        if (!store.createBucket(name)) {
          throw StorageException.conflict(
              "Your previous request to create the named bucket succeeded and you already own it.");
        }
        request.answer(200, Resources.bucket(name, request.server()));
      }
      default -> throw unknown(request);
    }
  }

  private void oneBucket(Request request, String bucket) throws IOException {
    switch (request.method()) {
      case "GET" -> {
        store.requireBucket(bucket);
        request.answer(200, Resources.bucket(bucket, request.server()));
      }
      case "DELETE" -> {
        store.deleteBucket(bucket);
        request.answer(204);
      }
      default -> throw unknown(request);
    }
  }

  private void oneObject(Request request, String bucket, String name) throws IOException {
    OptionalLong generation = request.query().number("generation");
    Preconditions preconditions = Preconditions.of(request.query());
    switch (request.method()) {
      case "GET" -> {
        if (request.query().text("alt").filter("media"::equals).isPresent()) {
          downloads.handle(request, bucket, name);
        } else {
          StoredObject object = store.get(bucket, name, generation, preconditions);
          request.answer(200, Resources.object(object, request.server()));
        }
      }
      case "PATCH" -> {
        ObjectNode patch = request.json();
        StoredObject object =
            store.update(
                bucket, name, generation, preconditions, old -> Resources.patch(old, patch));
        request.answer(200, Resources.object(object, request.server()));
      }
      case "PUT" -> {
        JsonNode resource = request.json();
        StoredObject object =
            store.update(
                bucket, name, generation, preconditions, old -> Resources.attributes(resource));
        request.answer(200, Resources.object(object, request.server()));
      }
      case "DELETE" -> {
        store.delete(bucket, name, generation, preconditions);
        request.answer(204);
      }
      default -> throw unknown(request);
    }
  }

  private static boolean isUnder(String first, List<String> path) {
    return path.size() > 4
        && path.getFirst().equals(first)
        && API.equals("/" + String.join("/", path.subList(1, 4)));
  }

  private static StorageException unknown(Request request) {
    return StorageException.notFound(
        "This stand-in has no %s /%s"
            .formatted(request.method(), String.join("/", request.path())));
  }

  private static void refuse(Request request, StorageException failure) throws IOException {
    boolean media = request.query().text("alt").filter("media"::equals).isPresent();
    if (failure.status() == 304) {
      request.answer(304);
    } else if (media) {
      // The real API answers a download in plain words, not in JSON.
      request.answerText(failure.status(), failure.text());
    } else {
      request.answer(failure.status(), Resources.error(failure));
    }
  }
}
