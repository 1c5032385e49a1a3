package dev.wrinklefree.cli.rest;

import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** HTTP clients, made when they are needed. */
final class Http {

  private final Duration connectTimeout;
  private @Nullable HttpClient plain;
  private @Nullable HttpClient secure;

  Http(Duration connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  /** The client for addresses of that scheme. */
  synchronized HttpClient client(URI uri) {
    if ("https".equals(uri.getScheme())) {
      if (secure == null) {
        secure = builder().build();
      }
      return secure;
    }
    if (plain == null) {
      plain = builder().sslContext(trustNobody()).build();
    }
    return plain;
  }

  private HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(connectTimeout)
        .followRedirects(HttpClient.Redirect.NEVER);
  }

  /**
   * A client reads the system's certificates when it is built, also where it never speaks TLS: a
   * tenth of a second. This context has none, and refuses every certificate.
   */
  private static SSLContext trustNobody() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }
}
