package dev.wrinklefree.sandbox.gcs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a multipart upload (RFC 2387): a part with the object resource and a part with the
 * content. Both are read into memory; a client sends what is large by the resumable protocol.
 *
 * @param resource the JSON text of the first part
 * @param contentType what the second part says of itself
 * @param content the bytes of the second part
 */
record MultipartRelated(String resource, @Nullable String contentType, InputStream content) {

  private static final Pattern BOUNDARY =
      // gsutil and gcloud put it in single quotes, which the real server takes for quotes, too.
      Pattern.compile(
          "boundary=(?:\"(?<quoted>[^\"]+)\"|'(?<single>[^']+)'|(?<bare>[^;\\s]+))",
          Pattern.CASE_INSENSITIVE);

  static MultipartRelated read(InputStream body, @Nullable String contentTypeHeader)
      throws IOException {
    Matcher boundary = BOUNDARY.matcher(contentTypeHeader == null ? "" : contentTypeHeader);
    if (!boundary.find()) {
      throw StorageException.invalid("A multipart upload needs a Content-Type with a boundary");
    }
    String name =
        Stream.of("quoted", "single", "bare")
            .map(boundary::group)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    // Every byte is one character in this encoding, so text search works on binary content.
    String text = new String(body.readAllBytes(), StandardCharsets.ISO_8859_1);
    Part first = part(text, "--" + name, 0);
    Part second = part(text, "--" + name, first.end());
    byte[] content = second.body().getBytes(StandardCharsets.ISO_8859_1);
    byte[] resource = first.body().getBytes(StandardCharsets.ISO_8859_1);
    return new MultipartRelated(
        new String(resource, StandardCharsets.UTF_8),
        contentType(second.headers()),
        new ByteArrayInputStream(content));
  }

  private record Part(String headers, String body, int end) {}

  private static Part part(String text, String delimiter, int from) {
    int start = text.indexOf(delimiter, from);
    int headersStart = start < 0 ? -1 : text.indexOf('\n', start);
    if (headersStart < 0) {
      throw malformed();
    }
    // Lines end with CRLF, but gsutil's end with LF alone, which the real server takes, too.
    String lineEnd = text.charAt(headersStart - 1) == '\r' ? "\r\n" : "\n";
    headersStart -= lineEnd.length() - 1;
    int headersEnd = text.indexOf(lineEnd + lineEnd, headersStart);
    int end =
        headersEnd < 0 ? -1 : text.indexOf(lineEnd + delimiter, headersEnd + lineEnd.length());
    if (end < 0) {
      throw malformed();
    }
    int bodyStart = Math.min(headersEnd + 2 * lineEnd.length(), end);
    return new Part(text.substring(headersStart, headersEnd), text.substring(bodyStart, end), end);
  }

  private static StorageException malformed() {
    return StorageException.invalid("Malformed multipart body.");
  }

  private static @Nullable String contentType(String headers) {
    return headers
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-type:"))
        .map(line -> line.substring("content-type:".length()).strip())
        .findFirst()
        .orElse(null);
  }
}
