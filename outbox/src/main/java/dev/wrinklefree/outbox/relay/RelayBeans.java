package dev.wrinklefree.outbox.relay;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Plain objects that the library's beans share. */
@Singleton
class RelayBeans {

  @Produces
  @Singleton
  RelaySignal relaySignal() {
    return new RelaySignal();
  }

  /** The system's clock, in UTC, unless the application has a clock of its own. */
  @Produces
  @Singleton
  @DefaultBean
  Clock clock() {
    return Clock.systemUTC();
  }
}
