package dev.wrinklefree.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.chaos.plan.Plan;
import dev.wrinklefree.chaos.plan.Planner;
import dev.wrinklefree.chaos.verdict.Figures;
import dev.wrinklefree.sandbox.platform.Checkout;
import dev.wrinklefree.sandbox.platform.Progress;
import dev.wrinklefree.sandbox.platform.ServiceDefinition;
import dev.wrinklefree.sandbox.platform.SetupException;
import dev.wrinklefree.sandbox.platform.StartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of the harness. */
@Command(
    name = "chaos",
    description =
        "Run the platform as it is shipped, kill and cut its parts by a plan made from a seed, and"
            + " prove that nothing was lost.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Nothing was lost and nothing is wrong.",
      "1:Something was lost or is wrong, or a part did not come up again. The state is kept.",
      "2:Nothing was started: a bad option, a service that is not built."
    })
public final class Chaos implements Callable<Integer> {

  private static final int CLEAN = 0;
  private static final int BROKEN = 1;
  private static final int SETUP = 2;
  private static final long SHORT_SEEDS = 1_000_000;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  @Option(names = "--checkout", paramLabel = "DIR", description = "The project's top level.")
  private Path root = Path.of(".");

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Makes the plan; the same gives the same (default: by chance).")
  private @Nullable Long seed;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds of 26 s, each with some ten kills (default: ${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(names = "--plan", description = "Print the plan and do nothing.")
  private boolean planOnly;

  @Option(names = "--keep-state", description = "Keep data and logs also when all is well.")
  private boolean keep;

  @Option(
      names = "--output",
      paramLabel = "json FILE",
      arity = "2",
      description = "Also write the figures to a file, as JSON.")
  private List<String> output = List.of();

  private Chaos() {}

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Chaos()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    CommandLine terminal = Objects.requireNonNull(spec).commandLine();
    PrintWriter out = terminal.getOut();
    if (rounds < 1 || (!output.isEmpty() && !output.getFirst().equals("json"))) {
      terminal.getErr().println("chaos: --rounds is 1 or more, and --output is json FILE");
      return SETUP;
    }
    long chosen = seed == null ? new SplittableRandom().nextLong(SHORT_SEEDS) : seed;
    Plan plan = Planner.plan(chosen, rounds);
    if (planOnly) {
      out.println(plan.text());
      return CLEAN;
    }
    Checkout checkout = new Checkout(root);
    Path state = checkout.root().resolve(".sandbox/chaos-" + chosen);
    Progress progress = new Progress(out);
    try {
      ServiceDefinition.NAMES.forEach(checkout::requireBuilt);
      delete(state);
      progress.say("Seed %d, %d rounds", chosen, rounds);
      Figures figures = new Session(checkout, state, progress).run(plan);
      progress.print(figures.text());
      if (!output.isEmpty()) {
        new ObjectMapper()
            .writerWithDefaultPrettyPrinter()
            .writeValue(Path.of(output.getLast()).toFile(), figures.fields());
      }
      if (figures.judgement().isClean()) {
        if (!keep) {
          delete(state);
        }
        return CLEAN;
      }
      figures.judgement().problems().forEach(progress::print);
    } catch (SetupException e) {
      terminal.getErr().println("chaos: " + e.getMessage());
      return SETUP;
    } catch (StartException e) {
      progress.print("chaos: " + e.getMessage());
    }
    progress.print(plan.text());
    progress.print("Data and logs: " + state);
    progress.print("Again: make chaos ARGS=\"--seed %d --rounds %d\"".formatted(chosen, rounds));
    return BROKEN;
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
