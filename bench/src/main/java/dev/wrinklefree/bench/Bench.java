package dev.wrinklefree.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.bench.bed.Effort;
import dev.wrinklefree.bench.bed.Suite;
import dev.wrinklefree.bench.figure.Results;
import dev.wrinklefree.bench.figure.ResultsDocument;
import dev.wrinklefree.bench.figure.ResultsTable;
import dev.wrinklefree.sandbox.platform.Checkout;
import dev.wrinklefree.sandbox.platform.Progress;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import dev.wrinklefree.sandbox.platform.SetupException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of the benchmark. */
@Command(
    name = "bench",
    description =
        "Measure the platform as it is shipped, beside its peers and its limits: medians of several"
            + " runs with their spread, and ratios measured in the same run.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Everything was measured and every goal is met.",
      "1:A goal is missed, or a suite failed.",
      "2:Nothing was measured: a bad option, a service that is not built."
    })
public final class Bench implements Callable<Integer> {

  private static final int MET = 0;
  private static final int MISSED = 1;
  private static final int SETUP = 2;

  /** Held here: a logger that nobody holds forgets its level. */
  private static final Logger ROOT = Logger.getLogger("");

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  @Option(names = "--checkout", paramLabel = "DIR", description = "The project's top level.")
  private Path root = Path.of(".");

  @Option(
      names = "--only",
      paramLabel = "SUITE",
      split = ",",
      description = "Only these suites (default: all, see --list).")
  private Set<String> only = new LinkedHashSet<>();

  @Option(names = "--list", description = "Print the suites and do nothing.")
  private boolean list;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "How often each thing is measured (default: ${DEFAULT-VALUE}).")
  private int runs = 5;

  @Option(
      names = "--quick",
      description = "One run of small sizes: shows that it works, states no figure.")
  private boolean quick;

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "Where the figures are written as JSON (default: target/bench/results.json).")
  private @Nullable Path results;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "What is printed: table or json (default: ${DEFAULT-VALUE}).")
  private String output = "table";

  private Bench() {}

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    // The embedded broker tells all that it does, and everything that it warns of is of no use
    // here.
    ROOT.setLevel(Level.SEVERE);
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    CommandLine terminal = Objects.requireNonNull(spec).commandLine();
    PrintWriter out = terminal.getOut();
    if (list) {
      Suites.ALL.forEach(suite -> out.printf("%-12s %s%n", suite.name(), suite.question()));
      return MET;
    }
    List<Suite> chosen =
        Suites.ALL.stream().filter(suite -> only.isEmpty() || only.contains(suite.name())).toList();
    if (chosen.size() < only.size() || runs < 1 || !Set.of("table", "json").contains(output)) {
      terminal
          .getErr()
          .printf(
              "bench: --only takes %s; --runs is 1 or more; --output is table or json%n",
              Suites.names());
      return SETUP;
    }
    Checkout checkout = new Checkout(root);
    boolean json = output.equals("json");
    try {
      ServiceDefinition.NAMES.forEach(checkout::requireBuilt);
      Effort effort = new Effort(quick ? 1 : runs, quick);
      // Standard output is for the result where a program reads it.
      Progress progress = new Progress(json ? terminal.getErr() : out);
      Session session = new Session(checkout, progress);
      Results measured = session.run(chosen, effort);
      String document =
          new ObjectMapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(ResultsDocument.of(measured));
      Path file = results == null ? checkout.root().resolve("target/bench/results.json") : results;
      Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
      Files.writeString(file, document + "\n");
      out.println(json ? document : ResultsTable.of(measured));
      progress.say("Written to %s", file);
      return measured.meetsAllGoals() && session.allRan() ? MET : MISSED;
    } catch (SetupException e) {
      terminal.getErr().println("bench: " + e.getMessage());
      return SETUP;
    }
  }
}
