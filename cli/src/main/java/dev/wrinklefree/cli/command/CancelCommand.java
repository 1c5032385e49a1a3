package dev.wrinklefree.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.rest.Query;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.run.Run;
import dev.wrinklefree.cli.run.RunFinder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wf cancel}: stops runs. */
@Command(
    name = "cancel",
    description = {
      "Cancel runs. All that are named are looked up first: if one is unknown, has ended, or is a"
          + " name that several share, none is cancelled."
    },
    mixinStandardHelpOptions = true)
public final class CancelCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description = "Run id, or the name of the only live run.")
  private List<String> runs = new ArrayList<>();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is kept with the run.")
  private @Nullable String reason;

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Cancels through this context's services. */
  public CancelCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    List<JsonNode> answers = new ArrayList<>();
    for (String runId : live()) {
      String path = new Query("/launches/" + runId).and("reason", reason).toString();
      answers.add(
          context
              .services()
              .delete(Service.LAUNCH, path)
              .orElseThrow(() -> new WfException(ExitCode.NOT_FOUND, "no run is called " + runId)));
      if (!output.isJson()) {
        spec.commandLine()
            .getOut()
            .println(
                "Cancellation of "
                    + runId
                    + " is requested. It is done when it says so: wf show "
                    + runId);
      }
    }
    if (output.isJson()) {
      ObjectNode document = context.services().mapper().createObjectNode();
      ArrayNode cancelled = document.putArray("cancelled");
      answers.forEach(cancelled::add);
      spec.commandLine().getOut().println(document);
    }
    return ExitCode.OK;
  }

  private Iterable<String> live() throws InterruptedException {
    RunFinder finder = new RunFinder(context.services());
    Map<String, Run> found = new LinkedHashMap<>();
    for (String name : runs) {
      Run run = finder.find(name);
      if (!run.isLive()) {
        throw new WfException(
            ExitCode.NOT_FOUND, run.runId() + " has ended already; there is nothing to cancel");
      }
      found.put(run.runId(), run);
    }
    return found.keySet();
  }
}
