package dev.wrinklefree.outbox.watching;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** Not ready while no broker of the Kafka cluster answers. */
@Readiness
@ApplicationScoped
class BrokerCheck implements HealthCheck {

  private final Map<String, Object> kafka;
  private final Clock clock;
  private final ReachConfig config;
  private @Nullable Probe probe;
  private @Nullable Admin admin;

  BrokerCheck(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      Clock clock,
      ReachConfig config) {
    this.kafka = kafka;
    this.clock = clock;
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    probe = new Probe(new Watch("broker", config.interval()), this::ask, clock);
  }

  void stop(@Observes ShutdownEvent event) {
    if (probe != null) {
      probe.close();
    }
    closeAdmin();
  }

  @Override
  public HealthCheckResponse call() {
    return Reach.response("broker", probe);
  }

  /** The client is kept: it goes on trying to connect, and is made anew only if it was refused. */
  private void ask() throws ExecutionException, InterruptedException {
    try {
      client().describeCluster().nodes().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof org.apache.kafka.common.errors.AuthenticationException) {
        closeAdmin();
      }
      throw e;
    }
  }

  private synchronized Admin client() {
    if (admin == null) {
      Map<String, Object> settings = new HashMap<>(kafka);
      settings.keySet().retainAll(AdminClientConfig.configNames());
      int limit = Math.toIntExact(config.limit().toMillis());
      settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, limit);
      settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, limit);
      admin = Admin.create(settings);
    }
    return admin;
  }

  private synchronized void closeAdmin() {
    if (admin != null) {
      admin.close(Duration.ZERO);
      admin = null;
    }
  }
}
