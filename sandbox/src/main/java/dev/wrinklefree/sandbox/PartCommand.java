package dev.wrinklefree.sandbox;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code sandbox part …}: one part of the outside world in a process of its own, so that it can be
 * killed and taken up again on its data. It prints {@code ready} when it serves, and ends when its
 * standard input does: it cannot outlive whoever started it.
 */
@Command(
    name = "part",
    description = "Run one part of the outside world until standard input ends.",
    synopsisSubcommandLabel = "(kafka | skypilot)",
    subcommands = {KafkaPartCommand.class, SkyPilotPartCommand.class})
final class PartCommand implements Runnable {

  /** Printed on a line of its own as soon as the part serves. */
  static final String READY = "ready";

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    Objects.requireNonNull(spec).commandLine().usage(System.err);
  }

  /** What every part is told. */
  abstract static class Part implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--port", required = true, description = "Port on the loopback address.")
    int port;

    @Option(names = "--state", required = true, description = "Directory of its data.")
    Path state = Path.of("");

    @Option(names = "--log", required = true, description = "File that it logs to.")
    Path log = Path.of("");

    /** Starts it, and returns when it serves. */
    abstract AutoCloseable start() throws IOException;

    @Override
    public Integer call() throws Exception {
      SandboxLogging.to(log);
      try (AutoCloseable part = start()) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(READY);
        out.flush();
        while (System.in.read() >= 0) {
          // Whatever is said, only the end counts.
        }
        return 0;
      }
    }
  }
}
