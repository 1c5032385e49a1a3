package dev.wrinklefree.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wf show}: the run's story, states, checkpoints and cost in one time line. */
@Command(
    name = "show",
    description = "Tell a run's story: states, training, checkpoints, alerts and cost.",
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
    return new ShownRun(context, spec.commandLine().getOut(), spec.commandLine().getErr())
        .show(run, output.isJson());
  }
}
