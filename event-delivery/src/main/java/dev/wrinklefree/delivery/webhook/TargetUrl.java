package dev.wrinklefree.delivery.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscriber wants events.
 *
 * @param uri absolute, http or https, with a host
 */
record TargetUrl(URI uri) {

  private static final int MAX_LENGTH = 2_000;
  private static final int MAX_PORT = 65_535;

  /**
   * Reads what a subscriber sent.
   *
   * @throws IllegalArgumentException with a sentence for the subscriber
   */
  static TargetUrl parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("must have at most " + MAX_LENGTH + " characters");
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is no URL", e);
    }
    @Nullable String scheme = uri.getScheme();
    if (scheme == null || !scheme.matches("(?i)https?")) {
      throw new IllegalArgumentException("must begin with https:// or http://");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("must name a host");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "must hold no credentials: the signature proves who sends");
    }
    if (uri.getRawFragment() != null) {
      throw new IllegalArgumentException("must have no fragment");
    }
    if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      throw new IllegalArgumentException("has no such port");
    }
    return new TargetUrl(uri);
  }

  boolean isTls() {
    return uri.getScheme().equalsIgnoreCase("https");
  }

  /** The host in lower case, an IPv6 address without its brackets. */
  String host() {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  int port() {
    if (uri.getPort() > 0) {
      return uri.getPort();
    }
    return isTls() ? 443 : 80;
  }

  /** What is asked of the host: path and query. */
  String pathAndQuery() {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }
}
