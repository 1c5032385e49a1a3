package dev.wrinklefree.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.output.RunTable;
import dev.wrinklefree.cli.output.Style;
import dev.wrinklefree.cli.output.Table;
import dev.wrinklefree.cli.rest.PartialView;
import dev.wrinklefree.cli.run.RunFilter;
import dev.wrinklefree.cli.run.RunList;
import java.io.PrintWriter;
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

/** {@code wf runs}: the newest runs, one line each. */
@Command(
    name = "runs",
    description = "List runs, newest first.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: wf runs --state live --model qwen3_4b --watch"})
public final class RunsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "One run in full, as wf show tells it.")
  private @Nullable String run;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "10",
      description = "How many, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int limit = 10;

  @Option(
      names = {"-a", "--all"},
      description = "As many as the services list: 1000.")
  private boolean all;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      description = "Only those: a state such as RUNNING, or live or ended; several with commas.")
  private List<String> states = new ArrayList<>();

  @Option(names = "--model", description = "Only those of this model.")
  private @Nullable String model;

  @Option(names = "--name", description = "Only those of this job name.")
  private @Nullable String name;

  @Option(names = "--owner", description = "Only those of this owner.")
  private @Nullable String owner;

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description = "Only those requested since: 90m, 12h, 7d, or a time in RFC 3339.")
  private @Nullable String since;

  @Option(
      names = {"-w", "--watch"},
      description = "Stay, and show changes as they happen, until Ctrl-C.")
  private boolean watch;

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Lists what this context's services know. */
  public RunsCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (run != null) {
      return new ShownRun(context, out, err).show(run, output.isJson());
    }
    int most = all ? RunList.MOST : limit;
    if (most < 1 || most > RunList.MOST) {
      throw new ParameterException(spec.commandLine(), "--limit is 1 to 1000");
    }
    RunFilter filter =
        new RunFilter(
            states, model, name, owner, Since.parse(since, context.clock(), spec.commandLine()));
    if (watch) {
      return new RunsWatch(context, out, err, most, filter).run(output.isJson());
    }
    PartialView view = new PartialView();
    List<RunList.Line> lines = new RunList(context.services()).newest(most, filter, view);
    if (output.isJson()) {
      out.println(json(context, lines));
    } else {
      print(lines, filter, out);
    }
    return view.conclude(err);
  }

  private void print(List<RunList.Line> lines, RunFilter filter, PrintWriter out) {
    Table table = new RunTable(new Style(context.ansi())).table(lines, context.clock().instant());
    if (!table.isEmpty()) {
      table.lines().forEach(out::println);
    } else if (filter.equals(RunFilter.ALL)) {
      out.println("No runs yet. Launch one: wf fairy2 -m smollm2_135m");
    } else {
      out.println("No run is like that. All: wf runs");
    }
  }

  static ObjectNode json(WfContext context, List<RunList.Line> lines) {
    ObjectNode document = context.services().mapper().createObjectNode();
    ArrayNode runs = document.putArray("runs");
    for (RunList.Line line : lines) {
      ObjectNode entry = runs.addObject().put("runId", line.run().runId());
      entry.put("state", line.run().stateWord());
      entry.set("launch", line.run().launch());
      entry.set("job", line.run().job());
      entry.set("cost", line.cost());
    }
    return document;
  }
}
