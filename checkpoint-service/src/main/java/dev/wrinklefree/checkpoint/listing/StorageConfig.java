package dev.wrinklefree.checkpoint.listing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How Google Cloud Storage is reached. */
@ConfigMapping(prefix = "wf.gcs")
public interface StorageConfig {

  /**
   * Address of a server that speaks the Cloud Storage JSON API, for example {@code
   * http://127.0.0.1:4443}; it is asked without credentials. Absent: Google's own, with
   * application-default credentials.
   */
  Optional<URI> host();

  /** Google Cloud project; absent: that of the application-default credentials. */
  Optional<String> project();

  /** Objects per page of a listing, at most 1000; each page is one billed request. */
  @WithDefault("1000")
  int pageSize();

  /** Longest time to connect. */
  @WithDefault("PT5S")
  Duration connectTimeout();

  /** Longest silence of the server within one request. */
  @WithDefault("PT15S")
  Duration readTimeout();

  /** What happens when a request fails in a way that may pass. */
  Retry retry();

  /** The client's own repetitions; a listing that fails after them is tried again later. */
  interface Retry {

    /** Attempts of one request, the first included. */
    @WithDefault("3")
    int maxAttempts();

    /** Wait before the second attempt; each further wait is twice as long, with jitter. */
    @WithDefault("PT0.5S")
    Duration initialDelay();

    /** Longest wait between two attempts. */
    @WithDefault("PT4S")
    Duration maxDelay();

    /** Longest time of one request, all attempts included. */
    @WithDefault("PT30S")
    Duration totalTimeout();
  }
}
