package dev.wrinklefree.sandbox.gcs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of a bucket's objects in name order, as {@code objects.list} cuts it.
 *
 * @param items the objects of the page
 * @param prefixes what stands for the names that share everything up to a delimiter
 * @param nextPageToken where the next page goes on; null on the last page
 */
record Listing(List<StoredObject> items, List<String> prefixes, @Nullable String nextPageToken) {

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

  /**
   * What a request asks for; an absent prefix, delimiter or start is empty.
   *
   * @param endOffset names from this one on are left out; null leaves none out
   * @param pageToken the last entry of the page before; null for the first page
   */
  record Request(
      String prefix,
      String delimiter,
      boolean includeTrailingDelimiter,
      String startOffset,
      @Nullable String endOffset,
      int maxResults,
      @Nullable String pageToken) {

    /** The same question without its page token. */
    static Request firstOf(Query query) {
      Map<String, String> parameters = new HashMap<>(query.parameters());
      parameters.remove("pageToken");
      return of(new Query(parameters));
    }

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
          query.text("endOffset").orElse(null),
          (int) (asked == 0 ? MAX_RESULTS : Math.min(asked, MAX_RESULTS)),
          query.text("pageToken").map(Listing::decode).orElse(null));
    }

    private boolean endsBefore(String name) {
      return endOffset != null && NAME_ORDER.compare(name, endOffset) >= 0;
    }

    private boolean wasOnEarlierPage(String entry) {
      return pageToken != null && NAME_ORDER.compare(entry, pageToken) <= 0;
    }
  }

  static Listing of(NavigableMap<String, StoredObject> objects, Request request) {
    List<StoredObject> items = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    String last = "";
    for (StoredObject object : objects.tailMap(start(request), true).values()) {
      String name = object.name();
      if (request.endsBefore(name)) {
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
      boolean newFolder = folder.isPresent() && isNew(folder.get(), request, prefixes);
      boolean newItem = asItem && isNew(name, request, List.of());
      if (!newFolder && !newItem) {
        continue;
      }
      if (items.size() + prefixes.size() >= request.maxResults()) {
        return new Listing(items, prefixes, encode(last));
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
    return new Listing(items, prefixes, null);
  }

  private static String start(Request request) {
    String start = request.startOffset();
    if (NAME_ORDER.compare(request.prefix(), start) > 0) {
      start = request.prefix();
    }
    String token = Objects.requireNonNullElse(request.pageToken(), "");
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
  private static boolean isNew(String entry, Request request, List<String> already) {
    return !request.wasOnEarlierPage(entry)
        && (already.isEmpty() || !already.getLast().equals(entry));
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
