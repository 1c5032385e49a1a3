package dev.wrinklefree.checkpoint.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How runs are watched. */
@ConfigMapping(prefix = "wf.checkpoint")
public interface WatchConfig {

  /** Between two listings of a run's prefix. */
  @WithDefault("PT15S")
  Duration interval();

  /**
   * Least time between two listings of a prefix, however often a notification or the run's job asks
   * for one.
   */
  @WithDefault("PT1S")
  Duration leastGap();

  /**
   * How long nothing has to change in a prefix until it is listed at the idle interval; not while
   * the run's job is known to be active.
   */
  @WithDefault("PT24H")
  Duration idleAfter();

  /** Between two listings of an idle prefix; also the longest wait after failures. */
  @WithDefault("PT5M")
  Duration idleInterval();

  /** How long nothing has to change in a prefix until it is listed no more. */
  @WithDefault("P30D")
  Duration giveUpAfter();

  /**
   * The longest that one save of a checkpoint takes, from its first finalised object to its last.
   * Too short, and a half-overwritten checkpoint of two objects may be told as complete; too long,
   * and one that stays half-overwritten is told late.
   */
  @WithDefault("PT15M")
  Duration saveWindow();

  /** Listings of one bucket at a time; a slow bucket holds up no other. */
  @WithDefault("16")
  int listingsPerBucket();

  /** Listings of one bucket that are recorded in one transaction, at most. */
  @WithDefault("50")
  int listingsPerTransaction();

  /** Checkpoints of a run that are recorded and published in one transaction, at most. */
  @WithDefault("200")
  int checkpointsPerTransaction();

  /**
   * Objects of settled listings that are remembered, at most, in 8 bytes each; a run whose listing
   * is not is compared with the database as a whole.
   */
  @WithDefault("2000000")
  long rememberedObjects();

  /** Cloud Storage's notifications, by which a listing comes earlier. */
  Notifications notifications();

  /** Whether and how notifications are pulled. */
  interface Notifications {

    /**
     * Pub/Sub subscription to a topic that the buckets notify of {@code OBJECT_FINALIZE}: {@code
     * projects/<project>/subscriptions/<name>}. Absent: none is pulled.
     */
    Optional<String> subscription();

    /**
     * Address of a server that speaks Pub/Sub's REST API, for example {@code
     * http://127.0.0.1:8086}; it is asked without credentials. Absent: Google's, with
     * application-default credentials.
     */
    Optional<URI> host();

    /** Messages per pull, at most 1000. */
    @WithDefault("500")
    int maxMessages();

    /** Longest time to connect. */
    @WithDefault("PT5S")
    Duration connectTimeout();

    /** Longest silence of the server, which answers a pull only when there is a message. */
    @WithDefault("PT95S")
    Duration readTimeout();

    /** Wait after a pull that failed; each further one is twice as long. */
    @WithDefault("PT1S")
    Duration retryDelay();

    /** The longest such wait. */
    @WithDefault("PT1M")
    Duration longestRetryDelay();
  }
}
