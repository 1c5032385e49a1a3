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

/** {@code wf fairy2}: launches a Fairy2 training run. */
@Command(
    name = "fairy2",
    description = "Launch a Fairy2 training run; returns at once unless --no-detach is given.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: wf fairy2 -m smollm2_135m --mode w2 training.batch_size=4",
      RetiredFlags.HELP
    })
public final class Fairy2Command implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-m", "--model"},
      required = true,
      description = "Model to train, for example smollm2_135m or qwen3_4b.")
  private String model = "";

  @Option(
      names = "--mode",
      paramLabel = "w1|w2",
      defaultValue = "w2",
      description = "w1: 1-bit, w2: 2-bit weights (default: ${DEFAULT-VALUE}).")
  private String mode = "w2";

  @Mixin private TrainingOptions training = new TrainingOptions();

  @Mixin private LaunchOptions options = new LaunchOptions();

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Mixin
  private RetiredFlags retired = new RetiredFlags();

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Launches through this context's services. */
  public Fairy2Command(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Launcher launcher = new Launcher(context, spec.commandLine(), output.isJson());
    ObjectNode request = launcher.request();
    request.put("template", "fairy2_train").put("model", model).put("mode", mode);
    training.addTo(request);
    return launcher.launch(request, options, true);
  }
}
