package dev.wrinklefree.skypilot.http;

import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;

/** One complete HTTP response. */
public record Reply(int status, HttpHeaders headers, String body) {

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
