package dev.wrinklefree.sandbox.postgres;

import dev.wrinklefree.sandbox.port.FreePorts;
import dev.wrinklefree.sandbox.process.Watchdog;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server in a process of its own, on the loopback address, which ends when this JVM
 * does. It trusts every user without a password, so it must stay on the loopback address.
 */
public final class PostgresServer implements Closeable {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final String ID_FILE = "postmaster.pid";
  private static final Duration STARTUP_LIMIT = Duration.ofSeconds(30);

  /** Sized for four services with small pools on a laptop; no worker processes that idle. */
  private static final Map<String, String> CONFIGURATION =
      Map.ofEntries(
          Map.entry("listen_addresses", "127.0.0.1"),
          Map.entry("unix_socket_directories", ""),
          Map.entry("max_connections", "60"),
          Map.entry("shared_buffers", "16MB"),
          Map.entry("work_mem", "1MB"),
          Map.entry("maintenance_work_mem", "16MB"),
          Map.entry("max_wal_size", "256MB"),
          Map.entry("wal_level", "minimal"),
          Map.entry("max_wal_senders", "0"),
          Map.entry("max_worker_processes", "1"),
          Map.entry("max_parallel_workers", "0"),
          Map.entry("autovacuum_max_workers", "1"),
          Map.entry("io_method", "sync"),
          Map.entry("jit", "off"),
          Map.entry("timezone", "UTC"),
          Map.entry("log_timezone", "UTC"));

  private final EmbeddedPostgres server;
  private final long processId;
  private final Watchdog watchdog;
  private final @Nullable Path temporary;
  private final AtomicBoolean closed = new AtomicBoolean();

  private PostgresServer(
      EmbeddedPostgres server, long processId, Watchdog watchdog, @Nullable Path temporary) {
    this.server = server;
    this.processId = processId;
    this.watchdog = watchdog;
    this.temporary = temporary;
  }

  /**
   * Starts a server and returns when it answers queries. A directory that a former server left is
   * taken over with its databases.
   *
   * @throws IOException if the port is taken or the server does not start; the message ends with
   *     the server's own words
   */
  public static PostgresServer start(PostgresSettings settings) throws IOException {
    return start(settings, STARTUP_LIMIT);
  }

  static PostgresServer start(PostgresSettings settings, Duration limit) throws IOException {
    requireFreePort(settings.port());
    Path kept = settings.directory();
    Path directory =
        (kept == null ? Files.createTempDirectory("wrinklefree-postgres") : kept).toAbsolutePath();
    Path temporary = kept == null ? directory : null;
    Path data = Files.createDirectories(directory).resolve("data");
    Path log = settings.logFile() == null ? directory.resolve("postgres.log") : settings.logFile();
    Watchdog watchdog = Watchdog.start();
    try {
      // Before the start: a JVM that is killed meanwhile must not leave a server behind.
      watchdog.guardFile(data.resolve(ID_FILE), Watchdog.Signal.INT);
      EmbeddedPostgres server = run(settings, data, log, limit);
      return new PostgresServer(server, processId(data), watchdog, temporary);
    } catch (IOException e) {
      watchdog.close();
      if (temporary != null) {
        FileUtils.deleteQuietly(temporary.toFile());
      }
      throw e;
    }
  }

  /**
   * Creates a database and the user that owns it, each unless it exists.
   *
   * @param name of the database: lower-case letters, digits and underscores
   * @param user that owns it, of the same form
   */
  public void createDatabase(String name, String user) throws SQLException {
    requireName(name);
    requireName(user);
    try (Connection connection = server.getPostgresDatabase().getConnection()) {
      if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", user)) {
        execute(connection, "CREATE ROLE \"" + user + "\" LOGIN");
      }
      if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
        execute(connection, "CREATE DATABASE \"" + name + "\" OWNER \"" + user + "\"");
      }
    }
  }

  /** The JDBC address of a database, without user or password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
  }

  /** The TCP port that clients connect to. */
  public int port() {
    return server.getPort();
  }

  /** The id of the server's main process. */
  public long processId() {
    return processId;
  }

  /**
   * Kills the server and all its processes at once, as a machine does that loses its power, and
   * waits until they are gone. The directory stays as it is then, for another server to recover.
   *
   * @throws IllegalStateException if the data is temporary, and so would be lost
   */
  public void kill() throws IOException {
    if (temporary != null) {
      throw new IllegalStateException("a server with temporary data cannot be taken up again");
    }
    ProcessHandle main = ProcessHandle.of(processId).orElseThrow();
    // A child that lives on would hold the shared memory, and the next server would refuse to
    // start.
    List<ProcessHandle> all = Stream.concat(Stream.of(main), main.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
    close();
  }

  /** Stops the server without waiting for its clients. Temporary data is deleted. */
  @Override
  public void close() throws IOException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (watchdog) {
      server.close();
      watchdog.releaseFile();
    } finally {
      if (temporary != null) {
        FileUtils.deleteDirectory(temporary.toFile());
      }
    }
  }

  private static EmbeddedPostgres run(
      PostgresSettings settings, Path data, Path log, Duration limit) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            // The library would ask the system for one, which others may take during its initdb.
            .setPort(settings.port() == 0 ? FreePorts.find() : settings.port())
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(limit)
            .setLocaleConfig("locale", "C")
            .setOutputRedirector(Redirect.appendTo(log.toFile()))
            .setErrorRedirector(Redirect.appendTo(log.toFile()));
    CONFIGURATION.forEach(builder::setServerConfig);
    if (settings.directory() != null) {
      // The library's default is for tests: it may lose the last commits when the server is killed.
      builder.setServerConfig("synchronous_commit", "on");
    }
    settings.parameters().forEach(builder::setServerConfig);
    try {
      return builder.start();
    } catch (IOException | IllegalStateException e) {
      throw new IOException("PostgreSQL did not start: " + e.getMessage() + tail(log), e);
    }
  }

  /**
   * The first line of this file is the main process's id; the process that was started here has
   * ended by now.
   */
  private static long processId(Path data) throws IOException {
    return Long.parseLong(Files.readAllLines(data.resolve(ID_FILE)).getFirst().strip());
  }

  private static String tail(Path log) {
    try {
      String text = Files.exists(log) ? Files.readString(log) : "";
      return text.isBlank() ? "" : "\n" + text.substring(Math.max(0, text.length() - 2_000));
    } catch (IOException e) {
      return "\n(its log " + log + " cannot be read)";
    }
  }

  private static void requireFreePort(int port) throws IOException {
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a database or user name: " + name);
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      return statement.executeQuery().next();
    }
  }

  private static void execute(Connection connection, String command) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }
}
