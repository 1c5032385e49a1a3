package dev.wrinklefree.delivery.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How topics are streamed to HTTP clients. */
@ConfigMapping(prefix = "wf.stream")
public interface StreamConfig {

  /** The most streams that this process serves at once; one more is answered with 503. */
  @WithDefault("100")
  int maxConnections();

  /** How long a stream may be silent before a comment is sent, so that proxies keep it open. */
  @WithDefault("15S")
  Duration heartbeat();

  /** How long a client may take nothing of what is sent before its connection is closed. */
  @WithDefault("60S")
  Duration stallLimit();

  /** What a client should wait before it connects again, as {@code retry} tells it. */
  @WithDefault("2S")
  Duration reconnectDelay();

  /** Bytes of the newest events that are kept in memory, for each topic that is streamed. */
  @WithDefault("2097152")
  long windowBytes();

  /** Bytes that one read of older events brings, for one client. */
  @WithDefault("262144")
  int historyBytes();

  /** The most that the broker may take for an answer. */
  @WithDefault("5S")
  Duration brokerTimeout();
}
