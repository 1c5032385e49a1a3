package dev.wrinklefree.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.run.Run;
import dev.wrinklefree.cli.run.RunFinder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wf cancel}: stops one run. */
@Command(name = "cancel", description = "Cancel a run.", mixinStandardHelpOptions = true)
public final class CancelCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "RUN", description = "Run id, or the name of the only live run.")
  private String run = "";

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Cancels through this context's services. */
  public CancelCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Run found = new RunFinder(context.services()).find(run);
    if (!found.isLive()) {
      throw new WfException(
          ExitCode.NOT_FOUND, found.runId() + " has ended already; there is nothing to cancel");
    }
    JsonNode answer =
        context
            .services()
            .delete(Service.LAUNCH, "/launches/" + found.runId())
            .orElseThrow(
                () -> new WfException(ExitCode.NOT_FOUND, "no run is called " + found.runId()));
    if (output.isJson()) {
      spec.commandLine().getOut().println(answer);
    } else {
      spec.commandLine()
          .getOut()
          .println(
              "Cancellation of "
                  + found.runId()
                  + " is requested. It is done when it says so: wf show "
                  + found.runId());
    }
    return ExitCode.OK;
  }
}
