package dev.wrinklefree.sandbox.gcs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code alt=media}: an object's content, all of it or one range. */
final class Downloads {

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  private final ObjectStore store;

  Downloads(ObjectStore store) {
    this.store = store;
  }

  void handle(Request request, String bucket, String name) throws IOException {
    ObjectStore.OpenObject open =
        store.open(
            bucket, name, request.query().number("generation"), Preconditions.of(request.query()));
    try (var content = open.content();
        InputStream in = Channels.newInputStream(content)) {
      StoredObject object = open.object();
      describe(request, object);
      Slice slice = Slice.of(request.header("Range"), object.size());
      if (slice.partial()) {
        request.answerHeader(
            "Content-Range",
            "bytes %d-%d/%d"
                .formatted(slice.start(), slice.start() + slice.length() - 1, object.size()));
      }
      content.position(slice.start());
      request.answer(slice.partial() ? 206 : 200, in, slice.length());
    }
  }

  private static void describe(Request request, StoredObject object) {
    request.answerHeader("Content-Type", String.valueOf(object.attributes().contentType()));
    request.answerHeader("ETag", Resources.etag(object));
    request.answerHeader("x-goog-generation", Long.toString(object.generation()));
    request.answerHeader("x-goog-metageneration", Long.toString(object.metageneration()));
    request.answerHeader("x-goog-storage-class", "STANDARD");
    request.answerHeader("x-goog-stored-content-encoding", "identity");
    request.answerHeader("x-goog-stored-content-length", Long.toString(object.size()));
    String md5 = object.md5Hash() == null ? "" : ",md5=" + object.md5Hash();
    request.answerHeader("x-goog-hash", "crc32c=" + object.crc32c() + md5);
  }

  private record Slice(long start, long length, boolean partial) {

    static Slice of(@Nullable String header, long size) {
      Matcher range = RANGE.matcher(header == null ? "" : header);
      if (!range.matches() || range.group().equals("bytes=-")) {
        return new Slice(0, size, false);
      }
      if (range.group(1).isEmpty()) {
        long length = Math.min(size, Long.parseLong(range.group(2)));
        return new Slice(size - length, length, true);
      }
      long first = Long.parseLong(range.group(1));
      long last =
          range.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(range.group(2)));
      if (first >= size || last < first) {
        throw StorageException.unsatisfiableRange();
      }
      return new Slice(first, last - first + 1, true);
    }
  }
}
