package dev.wrinklefree.monitor.wandb;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * Where W&amp;B is and who we are there.
 *
 * @param endpoint {@code http(s)://host[:port]} of the API, without credentials
 * @param apiKey the API key; never logged
 * @param timeout the longest wait for one answer
 * @param pageSize runs per request, at least 1
 */
public record WandbSettings(URI endpoint, String apiKey, Duration timeout, int pageSize) {

  /** The only user name that the API takes with an API key. */
  private static final String USER = "api";

  private static final String CLOUD_API_HOST = "api.wandb.ai";
  private static final String CLOUD_PAGES = "https://wandb.ai";

  /**
   * @throws IllegalArgumentException if one of them makes no sense
   */
  public WandbSettings {
    boolean http = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
    if (!http || endpoint.getHost() == null || endpoint.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "wf.wandb.endpoint must be http(s)://host[:port] without credentials");
    }
    if (apiKey.isBlank()) {
      throw new IllegalArgumentException("wf.wandb.api-key must not be blank");
    }
    if (!timeout.isPositive() || pageSize < 1) {
      throw new IllegalArgumentException("wf.wandb.timeout and page-size must be positive");
    }
  }

  URI graphql() {
    return URI.create(base() + "/graphql");
  }

  String authorization() {
    byte[] credentials = (USER + ":" + apiKey).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  /** Where people see a project's runs; a server of one's own has pages and API on one host. */
  String pages() {
    return CLOUD_API_HOST.equals(endpoint.getHost()) ? CLOUD_PAGES : base();
  }

  private String base() {
    String text = endpoint.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "WandbSettings[" + endpoint + "]";
  }
}
