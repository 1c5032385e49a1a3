package dev.wrinklefree.sandbox.gcs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Uploads in pieces. Nothing of one is visible before its last byte. Sessions do not survive the
 * server: a client gets 404 and starts anew, as it must for an expired session of the real API.
 */
final class ResumableUploads {

  /** Every piece but the last must be a multiple of this. */
  static final int GRANULE = 256 * 1_024;

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");

  private final ObjectStore store;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  ResumableUploads(ObjectStore store) {
    this.store = store;
  }

  /** Opens a session and gives its id. */
  String begin(ObjectStore.NewObject target, UploadHashes expected) {
    store.requireBucket(target.bucket());
    String id = UUID.randomUUID().toString().replace("-", "");
    sessions.put(id, new Session(target, expected, store.newDraft()));
    return id;
  }

  /**
   * Takes a piece, or only the question how far the upload is.
   *
   * @param contentRange the request's header; without one the body is all of the content
   * @return the object once its last byte is there
   */
  Progress put(String id, @Nullable String contentRange, InputStream body) throws IOException {
    Session session = sessions.get(id);
    if (session == null) {
      throw StorageException.notFound("No such upload session");
    }
    return session.put(Range.parse(contentRange), body);
  }

  /** Abandons an upload. */
  void cancel(String id) throws IOException {
    Session session = sessions.remove(id);
    if (session == null) {
      throw StorageException.notFound("No such upload session");
    }
    session.discard();
  }

  /**
   * How far an upload is.
   *
   * @param received bytes that need not be sent again
   * @param object what became of it; null until it is complete
   */
  record Progress(long received, @Nullable StoredObject object) {}

  /**
   * What a request's Content-Range says.
   *
   * @param first offset of the body's first byte
   * @param length of the body, 0 for a mere question, or unknown for a body that is all of the
   *     content
   * @param total size of the content, if the client knows it by now
   */
  private record Range(long first, OptionalLong length, OptionalLong total) {

    static Range parse(@Nullable String header) {
      if (header == null) {
        return new Range(0, OptionalLong.empty(), OptionalLong.empty());
      }
      Matcher matcher = CONTENT_RANGE.matcher(header);
      if (!matcher.matches()) {
        throw StorageException.invalid("Invalid Content-Range: " + header);
      }
      boolean question = matcher.group(1) == null;
      long first = question ? 0 : Long.parseLong(matcher.group(1));
      long length = question ? 0 : Long.parseLong(matcher.group(2)) - first + 1;
      String total = matcher.group(3);
      Range range =
          new Range(
              first,
              OptionalLong.of(length),
              total.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(total)));
      if (!range.isLast() && length % GRANULE != 0) {
        throw StorageException.invalid(
            "Every chunk but the last must be a multiple of %d bytes, not %d"
                .formatted(GRANULE, length));
      }
      return range;
    }

    boolean isWhole() {
      return length.isEmpty();
    }

    boolean isLast() {
      return isWhole() || (total.isPresent() && first + length.getAsLong() == total.getAsLong());
    }
  }

  private final class Session {

    private final ObjectStore.NewObject target;
    private final UploadHashes expected;
    private final Draft draft;
    private @Nullable StoredObject object;

    Session(ObjectStore.NewObject target, UploadHashes expected, Draft draft) {
      this.target = target;
      this.expected = expected;
      this.draft = draft;
    }

    synchronized Progress put(Range range, InputStream body) throws IOException {
      if (object == null) {
        if (range.length().orElse(1) > 0) {
          append(range, body);
        }
        if (range.isWhole() || range.total().orElse(-1) == draft.size()) {
          finish();
        }
      }
      return new Progress(draft.size(), object);
    }

    private void append(Range range, InputStream body) throws IOException {
      long known = draft.size() - range.first();
      if (known < 0) {
        throw StorageException.invalid(
            "The upload offset is %d bytes, which exceeds the already uploaded size of %d bytes"
                .formatted(range.first(), draft.size()));
      }
      if (known < range.length().orElse(Long.MAX_VALUE)) {
        body.skipNBytes(known);
        draft.append(body);
      }
    }

    private void finish() throws IOException {
      Draft.Checksums checksums = draft.finish();
      try {
        expected.require(checksums);
        object = store.commit(target, draft, checksums);
      } catch (StorageException e) {
        sessions.values().remove(this);
        discard();
        throw e;
      }
    }

    synchronized void discard() throws IOException {
      draft.close();
    }
  }
}
