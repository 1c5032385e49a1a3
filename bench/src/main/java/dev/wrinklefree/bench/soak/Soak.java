package dev.wrinklefree.bench.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.bench.bed.OwnLog;
import dev.wrinklefree.bench.bed.StateFolder;
import dev.wrinklefree.bench.bed.Workbench;
import dev.wrinklefree.sandbox.platform.Checkout;
import dev.wrinklefree.sandbox.platform.Progress;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import dev.wrinklefree.sandbox.platform.SetupException;
import dev.wrinklefree.sandbox.process.Watchdog;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of the soak. */
@Command(
    name = "soak",
    description =
        "Run the platform as it is shipped under a steady load, and show whether memory, threads,"
            + " connections, lag or tables grow.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Everything is flat.",
      "1:Something grows, or a run did not go as it should.",
      "2:Nothing was started: a bad option, a service that is not built."
    })
public final class Soak implements Callable<Integer> {

  private static final int FLAT = 0;
  private static final int GROWS = 1;
  private static final int SETUP = 2;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  @Option(names = "--checkout", paramLabel = "DIR", description = "The project's top level.")
  private Path root = Path.of(".");

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "How long it is watched (default: ${DEFAULT-VALUE}).")
  private int minutes = 30;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Jobs that run at any time (default: ${DEFAULT-VALUE}).")
  private int jobs = 2_000;

  @Option(
      names = "--share",
      paramLabel = "PART",
      description = "Load, as a part of what the platform can take (default: ${DEFAULT-VALUE}).")
  private double share = 0.1;

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "Where all values are written as JSON (default: target/bench/soak.json).")
  private @Nullable Path results;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "What is printed: table or json (default: ${DEFAULT-VALUE}).")
  private String output = "table";

  private Soak() {}

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Soak()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    CommandLine terminal = Objects.requireNonNull(spec).commandLine();
    PrintWriter out = terminal.getOut();
    if (minutes < 1
        || jobs < 1
        || share <= 0
        || share > 1
        || !Set.of("table", "json").contains(output)) {
      terminal
          .getErr()
          .println(
              "soak: --minutes and --jobs are 1 or more, --share is above 0 and at most 1, --output"
                  + " is table or json");
      return SETUP;
    }
    boolean json = output.equals("json");
    Checkout checkout = new Checkout(root);
    Path state = checkout.root().resolve(".sandbox/soak");
    try (Watchdog watchdog = Watchdog.start()) {
      ServiceDefinition.NAMES.forEach(checkout::requireBuilt);
      StateFolder.delete(state);
      // Standard output is for the result where a program reads it.
      Progress progress = new Progress(json ? terminal.getErr() : out);
      Path peers = checkout.root().resolve("target/bench");
      Workbench workbench = new Workbench(checkout, state, peers, watchdog, progress);
      OwnLog.to(workbench.log("soak"));
      SoakReport report = new SteadyLoad(workbench, jobs, share).run(Duration.ofMinutes(minutes));
      Path file = results == null ? peers.resolve("soak.json") : results;
      Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
      String document =
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report.document());
      Files.writeString(file, document + "\n");
      out.println(json ? document : report.text());
      progress.say("Written to %s", file);
      if (report.isClean()) {
        StateFolder.delete(state);
        return FLAT;
      }
      progress.say("Logs: %s", state.resolve("logs"));
      return GROWS;
    } catch (SetupException e) {
      terminal.getErr().println("soak: " + e.getMessage());
      return SETUP;
    }
  }
}
