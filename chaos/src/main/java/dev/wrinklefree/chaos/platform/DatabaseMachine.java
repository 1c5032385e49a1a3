package dev.wrinklefree.chaos.platform;

import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import dev.wrinklefree.sandbox.postgres.PostgresServer;
import dev.wrinklefree.sandbox.postgres.PostgresSettings;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The database server on a kept directory: after a kill it recovers from its log. */
final class DatabaseMachine implements Machine {

  private static final List<String> DATABASES = List.of("launch", "monitor", "checkpoint", "cost");

  private final PostgresSettings settings;

  DatabaseMachine(PostgresSettings settings) {
    this.settings = settings;
  }

  /** The names of the services' databases. */
  static List<String> databases() {
    return DATABASES;
  }

  @Override
  public Incarnation start() throws IOException {
    PostgresServer server = PostgresServer.start(settings);
    try {
      for (String database : DATABASES) {
        server.createDatabase(database, ServiceDefinition.DATABASE_USER);
      }
    } catch (SQLException e) {
      server.close();
      throw new IOException("the databases could not be created: " + e.getMessage(), e);
    }
    return new Life(server);
  }

  private record Life(PostgresServer server) implements Incarnation {

    @Override
    public void awaitReady() {
      // It answered queries when it was started.
    }

    @Override
    public void kill() throws IOException {
      server.kill();
    }

    @Override
    public void stop() throws IOException {
      server.close();
    }

    @Override
    public CompletableFuture<String> death() {
      return ProcessHandle.of(server.processId())
          .map(ProcessHandle::onExit)
          .orElseGet(() -> CompletableFuture.failedFuture(new IOException("it is gone already")))
          .thenApply(ended -> "the database server ended");
    }
  }
}
