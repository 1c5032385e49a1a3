package dev.wrinklefree.bench.bed;

import dev.wrinklefree.sandbox.platform.ServiceProcess;
import dev.wrinklefree.sandbox.process.Watchdog;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of this benchmark in a JVM of its own, with the options that a service's JVM has: what
 * a service is held against must not run in a better JVM than the service.
 */
public final class JavaPeer implements AutoCloseable {

  private static final String JAR = "-jar";

  private final Process process;
  private final BufferedReader output;
  private final BufferedWriter input;

  private JavaPeer(Process process) {
    this.process = process;
    this.output = process.inputReader();
    this.input = process.outputWriter();
  }

  /**
   * Starts a program.
   *
   * @param log where its standard error goes
   * @param main class with a {@code main} method, from this benchmark's class path
   * @param arguments of the program
   */
  public static JavaPeer start(Workbench workbench, String log, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(ServiceProcess.javaCommand(Path.of("none")));
    command.subList(command.indexOf(JAR), command.size()).clear();
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(workbench.log(log).toFile()).start();
    workbench.watchdog().guard(process.pid(), Watchdog.Signal.TERM);
    var unused = process.onExit().thenRun(() -> workbench.watchdog().release(process.pid()));
    return new JavaPeer(process);
  }

  /**
   * Waits for the next line that it prints.
   *
   * @throws IOException if it ended instead
   */
  public String line() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("the peer ended; its log says why");
    }
    return line;
  }

  /**
   * Tells it something, as a line of its standard input.
   *
   * @throws IOException if it ended instead
   */
  public void tell(String line) throws IOException {
    input.write(line);
    input.newLine();
    input.flush();
  }

  /** Its process, for CPU time and memory. */
  public ProcessUsage usage() {
    return new ProcessUsage(process.pid());
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
