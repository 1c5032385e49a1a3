package dev.wrinklefree.outbox.watching;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** Not ready while the service's database cannot be reached. */
@Readiness
@ApplicationScoped
class DatabaseCheck implements HealthCheck {

  private final DataSource dataSource;
  private final Clock clock;
  private final ReachConfig config;
  private @Nullable Probe probe;

  DatabaseCheck(DataSource dataSource, Clock clock, ReachConfig config) {
    this.dataSource = dataSource;
    this.clock = clock;
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    probe = new Probe(new Watch("database", config.interval()), this::ask, clock);
  }

  void stop(@Observes ShutdownEvent event) {
    if (probe != null) {
      probe.close();
    }
  }

  @Override
  public HealthCheckResponse call() {
    return Reach.response("database", probe);
  }

  private void ask() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
  }
}
