package dev.wrinklefree.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.output.AlertText;
import dev.wrinklefree.cli.output.Style;
import dev.wrinklefree.cli.rest.PartialView;
import dev.wrinklefree.cli.run.RunFacts;
import dev.wrinklefree.cli.run.RunFinder;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wf alerts}: what a person should look at. */
@Command(
    name = "alerts",
    description = "List open alerts, newest first, with what to do.",
    mixinStandardHelpOptions = true)
public final class AlertsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "Run id, or the name of the only live run (default: all runs).")
  private @Nullable String run;

  @Option(
      names = {"-a", "--all"},
      description = "Also those that were cleared.")
  private boolean all;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "How many of each service, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int limit = 20;

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Asks this context's services. */
  public AlertsCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    String runId = run == null ? null : new RunFinder(context.services()).find(run).runId();
    PartialView view = new PartialView();
    ArrayNode alerts =
        RunFacts.alerts(context.services(), runId, all ? null : Boolean.TRUE, limit, view);
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      ObjectNode document = context.services().mapper().createObjectNode();
      document.set("alerts", alerts);
      out.println(document);
    } else if (alerts.isEmpty()) {
      out.println(all ? "There was no alert." : "There is no open alert.");
    } else {
      AlertText.lines(alerts, new Style(context.ansi()), context.clock().instant())
          .forEach(out::println);
    }
    return view.conclude(spec.commandLine().getErr());
  }
}
