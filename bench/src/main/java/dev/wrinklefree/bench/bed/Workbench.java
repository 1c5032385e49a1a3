package dev.wrinklefree.bench.bed;

import dev.wrinklefree.sandbox.platform.Checkout;
import dev.wrinklefree.sandbox.platform.Progress;
import dev.wrinklefree.sandbox.process.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where suites find and start things.
 *
 * @param checkout where the built services are
 * @param state a directory for data and logs, which is deleted at the end unless asked otherwise
 * @param peers where other people's programs are installed: {@code skypilot}, {@code dstack}
 * @param watchdog ends what is left if this process dies
 * @param progress told what is being done
 */
public record Workbench(
    Checkout checkout, Path state, Path peers, Watchdog watchdog, Progress progress) {

  /**
   * The executable of an installed peer.
   *
   * @param environment the name of its Python environment
   * @param program the executable within
   * @throws NotToBeHadException if it is not installed
   */
  public Path peer(String environment, String program) throws NotToBeHadException {
    Path path = peers.resolve(environment).resolve("bin").resolve(program);
    if (!Files.isExecutable(path)) {
      throw new NotToBeHadException(
          "%s is not installed: scripts/bench installs it".formatted(program));
    }
    return path;
  }

  /** Where a process writes its log. */
  public Path log(String name) throws IOException {
    return Files.createDirectories(state.resolve("logs")).resolve(name + ".log");
  }

  /** Where servers keep their data. */
  Path dataDirectory() throws IOException {
    return Files.createDirectories(state.resolve("data"));
  }

  /** Starts a broker and a database server of this suite's own. */
  public Bed bed() throws IOException {
    return Bed.start(this);
  }
}
