package dev.wrinklefree.sandbox.gcs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * One page of a bucket's objects in name order, as {@code objects.list} cuts it.
 *
 * @param items the objects of the page
 * @param prefixes what stands for the names that share everything up to a delimiter
 * @param nextPageToken where the next page goes on, if there is one
 */
record Listing(List<StoredObject> items, List<String> prefixes, Optional<String> nextPageToken) {

  /** Names are ordered by the bytes of their UTF-8 form. */
  static final Comparator<String> NAME_ORDER =
      (left, right) ->
          Arrays.compareUnsigned(
              left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

  /** The server's limit for one page. */
  static final int MAX_RESULTS = 1_000;

  Listing {
    items = List.copyOf(items);
    prefixes = List.copyOf(prefixes);
  }

  /** What a request asks for; an absent text is empty. */
  record Request(
      String prefix,
      String delimiter,
      boolean includeTrailingDelimiter,
      String startOffset,
      Optional<String> endOffset,
      int maxResults,
      Optional<String> pageToken) {

    static Request of(Query query) {
      for (String unsupported : List.of("matchGlob", "softDeleted", "filter")) {
        if (query.text(unsupported).isPresent()) {
          throw StorageException.invalid("This stand-in has no " + unsupported);
        }
      }
      long asked = query.number("maxResults").orElse(MAX_RESULTS);
      if (asked < 0) {
        throw StorageException.invalid("Invalid value for maxResults: " + asked);
      }
      return new Request(
          query.text("prefix").orElse(""),
          query.text("delimiter").orElse(""),
          query.flag("includeTrailingDelimiter"),
          query.text("startOffset").orElse(""),
          query.text("endOffset"),
          (int) (asked == 0 ? MAX_RESULTS : Math.min(asked, MAX_RESULTS)),
          query.text("pageToken").map(Listing::decode));
    }
  }

  static Listing of(NavigableMap<String, StoredObject> objects, Request request) {
    List<StoredObject> items = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    String last = "";
    for (StoredObject object : objects.tailMap(start(request), true).values()) {
      String name = object.name();
      if (request.endOffset().isPresent()
          && NAME_ORDER.compare(name, request.endOffset().get()) >= 0) {
        break;
      }
      if (!name.startsWith(request.prefix())) {
        if (NAME_ORDER.compare(name, request.prefix()) > 0) {
          break;
        }
        continue;
      }
      Optional<String> folder = folder(name, request);
      boolean asItem =
          folder.isEmpty() || (request.includeTrailingDelimiter() && folder.get().equals(name));
      boolean newFolder = folder.isPresent() && isAfterToken(folder.get(), request, prefixes);
      boolean newItem = asItem && isAfterToken(name, request, List.of());
      if (!newFolder && !newItem) {
        continue;
      }
      if (items.size() + prefixes.size() >= request.maxResults()) {
        return new Listing(items, prefixes, Optional.of(encode(last)));
      }
      if (newFolder) {
        prefixes.add(folder.get());
        last = folder.get();
      }
      if (newItem) {
        items.add(object);
        last = name;
      }
    }
    return new Listing(items, prefixes, Optional.empty());
  }

  private static String start(Request request) {
    String start = request.startOffset();
    if (NAME_ORDER.compare(request.prefix(), start) > 0) {
      start = request.prefix();
    }
    String token = request.pageToken().orElse("");
    return NAME_ORDER.compare(token, start) > 0 ? token : start;
  }

  private static Optional<String> folder(String name, Request request) {
    if (request.delimiter().isEmpty()) {
      return Optional.empty();
    }
    int end = name.indexOf(request.delimiter(), request.prefix().length());
    return end < 0
        ? Optional.empty()
        : Optional.of(name.substring(0, end + request.delimiter().length()));
  }

  /** Whether neither this page nor an earlier one has the entry. */
  private static boolean isAfterToken(String entry, Request request, List<String> already) {
    boolean earlier =
        request.pageToken().isPresent()
            && NAME_ORDER.compare(entry, request.pageToken().get()) <= 0;
    return !earlier && (already.isEmpty() || !already.getLast().equals(entry));
  }

  private static String encode(String name) {
    return Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw StorageException.invalid("Invalid value for pageToken: " + token);
    }
  }
}
