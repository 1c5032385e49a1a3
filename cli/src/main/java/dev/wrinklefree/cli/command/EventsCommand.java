package dev.wrinklefree.cli.command;

import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.event.EventPrinter;
import dev.wrinklefree.cli.kafka.EventReader;
import dev.wrinklefree.cli.kafka.KafkaSettings;
import dev.wrinklefree.cli.run.RunFinder;
import dev.wrinklefree.contract.topic.Topic;
import dev.wrinklefree.contract.value.RunId;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wf events}: the event stream as a person reads it. */
@Command(
    name = "events",
    description = {
      "Tell events from Kafka, one sentence each: all of a run, or the newest of all runs.",
      "Where Kafka cannot be reached, --follow reads the services' own streams."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: wf events -f --topic job-state --topic run-alert"})
public final class EventsCommand implements Callable<Integer> {

  private static final int NEWEST = 50;
  private static final int MOST = 100_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "Run id, or the name of the only live run (default: all runs).")
  private @Nullable String run;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what comes, until Ctrl-C.")
  private boolean follow;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      split = ",",
      description = "Only this topic, for example job-state; repeat it for several.")
  private List<String> topics = new ArrayList<>();

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description = "Only what was stored since: 90m, 12h, 7d, or a time in RFC 3339.")
  private @Nullable String since;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      description = "The newest N of what was stored (default: 50; all of a RUN, or --since).")
  private @Nullable Integer limit;

  @Mixin private KafkaOption kafka = new KafkaOption();
  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Reads the cluster and services that this context's settings name. */
  public EventsCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Instant from = Since.parse(since, context.clock(), spec.commandLine());
    List<Topic> wanted = topics.isEmpty() ? List.of(Topic.values()) : EventReader.topics(topics);
    String runId = run == null ? null : runId(run);
    EventReader.Wish wish = new EventReader.Wish(wanted, runId, from, newest(runId, from), follow);
    EventPrinter printer = new EventPrinter(out, output.isJson());
    KafkaSettings settings = kafka.settings(context);
    try {
      new EventReader(settings).read(wish, printer);
    } catch (WfException e) {
      if (e.exitCode() != ExitCode.UNREACHABLE || !follow) {
        throw e;
      }
      spec.commandLine()
          .getErr()
          .println("wf: " + e.getMessage() + " Reading the services' own streams instead.");
      spec.commandLine().getErr().flush();
      new ServiceStreams(context, wanted, runId, spec.commandLine().getErr()).follow(printer);
    }
    return ExitCode.OK;
  }

  private int newest(@Nullable String runId, @Nullable Instant from) {
    if (limit == null) {
      return runId == null && from == null ? NEWEST : MOST;
    }
    if (limit < 0 || limit > MOST) {
      throw new ParameterException(spec.commandLine(), "--limit is 0 to " + MOST);
    }
    return limit;
  }

  /** A run id is taken as it is: the services need not be there, only Kafka. */
  private String runId(String idOrName) throws InterruptedException {
    try {
      return new RunFinder(context.services()).find(idOrName).runId();
    } catch (WfException e) {
      boolean away = e.exitCode() == ExitCode.UNREACHABLE || e.exitCode() == ExitCode.DENIED;
      if (away && RunId.isLegal(idOrName)) {
        return idOrName;
      }
      throw e;
    }
  }
}
