package dev.wrinklefree.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.output.RunStory;
import dev.wrinklefree.cli.output.Style;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import dev.wrinklefree.cli.run.Run;
import dev.wrinklefree.cli.run.RunFinder;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wf show}: the run's story, states, checkpoints and cost in one time line. */
@Command(
    name = "show",
    description = "Tell a run's story: states, checkpoints and cost.",
    mixinStandardHelpOptions = true)
public final class ShowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "RUN", description = "Run id, or the name of the only live run.")
  private String run = "";

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Asks this context's services. */
  public ShowCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Services services = context.services();
    Run found = new RunFinder(services).find(run);
    JsonNode checkpoints =
        services
            .get(Service.CHECKPOINT, "/checkpoints?limit=1000&runId=" + found.runId())
            .path("checkpoints");
    Optional<JsonNode> cost = services.find(Service.COST, "/costs/" + found.runId());
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      ObjectNode document = services.mapper().createObjectNode().put("runId", found.runId());
      document.set("launch", found.launch());
      document.set("job", found.job());
      document.set("checkpoints", checkpoints);
      document.set("cost", cost.orElse(null));
      out.println(document);
      return ExitCode.OK;
    }
    new RunStory(new Style(context.ansi()))
        .lines(found.launch(), found.job(), checkpoints, cost.orElse(null))
        .forEach(out::println);
    return ExitCode.OK;
  }
}
