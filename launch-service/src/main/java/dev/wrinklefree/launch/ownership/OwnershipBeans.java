package dev.wrinklefree.launch.ownership;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the one policy, and what knows the senders of events. */
@Singleton
class OwnershipBeans {

  @Produces
  @Singleton
  CancelPolicy cancelPolicy(OwnershipConfig config) {
    return new CancelPolicy(config.kafkaCancels());
  }

  /** Made at the start, so that its counter is told before it counts. */
  @Produces
  @Singleton
  @Startup
  RefusedCancels refusedCancels(MeterRegistry registry) {
    return new RefusedCancels(registry);
  }

  @Produces
  @Singleton
  Requesters requesters(RestRequestRepository restRequests, OwnershipConfig config) {
    return new Requesters(restRequests, config);
  }
}
