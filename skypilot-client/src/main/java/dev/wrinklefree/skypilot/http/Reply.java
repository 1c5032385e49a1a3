package dev.wrinklefree.skypilot.http;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One complete HTTP response. */
public final class Reply {
  private final int status;
  private final HttpHeaders headers;
  private final byte[] bytes;

  /** Takes over the body's bytes. */
  Reply(int status, HttpHeaders headers, byte[] bytes) {
    this.status = status;
    this.headers = headers;
    this.bytes = bytes;
  }

  /** Its status code. */
  public int status() {
    return status;
  }

  /** Its headers. */
  public HttpHeaders headers() {
    return headers;
  }

  /** Its body as UTF-8; what is none is replaced. */
  public String body() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The members of the JSON object that is its body; nothing if it is none. */
  public Optional<Map<String, JsonSlice>> members() {
    return members(null);
  }

  /**
   * The same for someone who expects that one of them is a certain text. What is that text is that
   * very slice.
   */
  public Optional<Map<String, JsonSlice>> members(@Nullable JsonSlice expected) {
    // Bytes that are not quite UTF-8 are replaced before they are given up.
    return JsonSlice.of(bytes).members(expected).or(() -> JsonSlice.of(body()).members());
  }

  /** A 200 that is not somebody's login page. */
  public boolean ok() {
    return status == 200 && !html();
  }

  /** First value of a header, whatever its letter case. */
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  boolean html() {
    return isHtml(headers);
  }

  boolean redirect() {
    return status >= 300 && status < 400;
  }

  static boolean isHtml(HttpHeaders headers) {
    return headers
        .firstValue("Content-Type")
        .map(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
        .orElse(false);
  }
}
