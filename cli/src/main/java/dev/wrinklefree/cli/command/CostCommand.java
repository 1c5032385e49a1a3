package dev.wrinklefree.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.output.CostStory;
import dev.wrinklefree.cli.output.Humane;
import dev.wrinklefree.cli.output.Offers;
import dev.wrinklefree.cli.output.Table;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import dev.wrinklefree.cli.run.RunFinder;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wf cost}: the money. */
@Command(
    name = "cost",
    description = "Tell what runs have cost up to now, or what one would have cost elsewhere.",
    mixinStandardHelpOptions = true)
public final class CostCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "Run id, or the name of the only live run (default: the newest runs).")
  private @Nullable String run;

  @Option(
      names = "--what-if",
      description = "What RUN would have cost in other clouds, on demand and on spot.")
  private boolean whatIf;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "How many runs, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int limit = 20;

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Asks this context's services. */
  public CostCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Services services = context.services();
    PrintWriter out = spec.commandLine().getOut();
    if (run == null) {
      if (whatIf) {
        throw new ParameterException(spec.commandLine(), "--what-if needs a RUN");
      }
      list(services.get(Service.COST, "/costs?limit=" + limit).path("costs"), out);
      return ExitCode.OK;
    }
    String runId = new RunFinder(services).find(run).runId();
    JsonNode answer =
        services
            .find(Service.COST, "/costs/" + runId + (whatIf ? "/what-if" : ""))
            .orElseThrow(
                () ->
                    new WfException(
                        ExitCode.NOT_FOUND, "nothing is known of " + runId + "'s cost"));
    if (output.isJson()) {
      out.println(answer);
    } else if (whatIf) {
      out.println(runId + " elsewhere:");
      Offers.table(answer.path("offers"), null, true).forEach(out::println);
    } else {
      out.println(runId);
      CostStory.lines(answer).forEach(out::println);
    }
    return ExitCode.OK;
  }

  private void list(JsonNode costs, PrintWriter out) {
    if (output.isJson()) {
      ObjectNode document = context.services().mapper().createObjectNode();
      document.set("costs", costs);
      out.println(document);
      return;
    }
    Table table = new Table("RUN", "SPENT", "PER HOUR", "AT RISK", "LOST", "FORECAST", "BUDGET");
    for (JsonNode cost : costs) {
      boolean unknown = "unknown".equals(cost.path("pricing").asText());
      JsonNode budget = cost.path("budget");
      table.row(
          cost.path("runId").asText(),
          unknown ? "unknown" : Humane.money(cost.path("spent")),
          Humane.money(cost.path("perHour")),
          Humane.money(cost.path("atRisk")),
          Humane.money(cost.path("lost")),
          Humane.money(cost.path("forecast")),
          budget.isObject()
              ? budget.path("level").asText() + " " + Humane.money(budget.path("limit"))
              : "");
    }
    if (table.isEmpty()) {
      out.println("No run has cost anything yet.");
    } else {
      table.lines().forEach(out::println);
    }
  }
}
