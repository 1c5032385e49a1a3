package dev.wrinklefree.cli.command.launch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.command.OutputOption;
import dev.wrinklefree.cli.command.WfContext;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wf smoke}: a few steps on a real machine, to see that everything works. */
@Command(
    name = "smoke",
    description = "Train a few steps and wait: exit code 0 says that the whole path works.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: wf smoke -m smollm2_135m --budget 2 --on-budget cancel"})
public final class SmokeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-m", "--model"},
      defaultValue = "smollm2_135m",
      description = "Model to train (default: ${DEFAULT-VALUE}).")
  private String model = "";

  @Mixin private LaunchOptions options = new LaunchOptions();
  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Launches through this context's services. */
  public SmokeCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Launcher launcher = new Launcher(context, spec.commandLine(), output.isJson());
    ObjectNode request = launcher.request().put("template", "smoke").put("model", model);
    return launcher.launch(request, options, false);
  }
}
