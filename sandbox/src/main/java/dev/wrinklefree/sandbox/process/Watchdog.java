package dev.wrinklefree.sandbox.process;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends guarded processes when this JVM ends in any way, {@code SIGKILL} included. A shell process
 * waits for the end of a pipe that only this JVM holds open: the operating system closes it
 * whatever happens.
 *
 * <p>What is still guarded on {@link #close()} is ended too.
 */
public final class Watchdog implements Closeable {

  /** How a guarded process is asked to stop; one that does not within 5 s is killed. */
  public enum Signal {
    /** The usual request to end. */
    TERM,
    /** An interrupt, which PostgreSQL takes as "stop without waiting for clients". */
    INT
  }

  private static final Logger LOGGER = LoggerFactory.getLogger(Watchdog.class);
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final Process shell;
  private final Writer lines;
  private boolean closed;

  private Watchdog(Process shell) {
    this.shell = shell;
    this.lines = shell.outputWriter(StandardCharsets.US_ASCII);
  }

  /**
   * Starts a watchdog that guards nothing yet.
   *
   * @throws IOException if there is no {@code sh}
   */
  public static Watchdog start() throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      // In a session of its own it survives a signal to the whole process group.
      command.add(SETSID.toString());
    }
    command.addAll(List.of("sh", "-c", script()));
    ProcessBuilder builder = new ProcessBuilder(command);
    return new Watchdog(
        builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start());
  }

  /**
   * Ends the process of that id by that signal when this JVM is gone; not after {@link #close()}.
   */
  public void guard(long processId, Signal signal) throws IOException {
    say("guard " + signal + " " + processId);
  }

  /**
   * Ends a process that is about to start and will write its id into the first line of a file. A
   * watchdog guards one such process at a time.
   *
   * @param idFile a file that only this process writes
   */
  public void guardFile(Path idFile, Signal signal) throws IOException {
    say("guard-file " + signal + " " + idFile);
  }

  /** Forgets the process of {@link #guardFile}, which has ended. */
  public void releaseFile() throws IOException {
    say("release-file");
  }

  /** Forgets a process that has ended, since the system may give its id to another. */
  public void release(long processId) {
    try {
      say("release " + processId);
    } catch (IOException e) {
      LOGGER.warn("Watchdog did not take the release of process {}", processId, e);
    }
  }

  /** Ends what is still guarded and then the watchdog itself. */
  @Override
  public void close() throws IOException {
    try {
      endInput();
      shell.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void say(String line) throws IOException {
    if (!closed) {
      lines.write(line + "\n");
      lines.flush();
    }
  }

  private synchronized void endInput() throws IOException {
    closed = true;
    lines.close();
  }

  private static String script() throws IOException {
    try (InputStream in = Watchdog.class.getResourceAsStream("watchdog.sh")) {
      return new String(
          Objects.requireNonNull(in, "watchdog.sh is missing").readAllBytes(),
          StandardCharsets.UTF_8);
    }
  }
}
