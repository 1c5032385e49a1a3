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

/** {@code wf train}: launches one stage of 1.58-bit training. */
@Command(
    name = "train",
    description =
        "Launch a stage of 1.58-bit training; returns at once unless --no-detach is given.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: wf train -m qwen3_4b -s 2 --scale large --resume latest",
      RetiredFlags.HELP
    })
public final class TrainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-m", "--model"},
      required = true,
      description = "Model to train, for example qwen3_4b.")
  private String model = "";

  @Option(
      names = {"-s", "--stage"},
      required = true,
      paramLabel = "1|1.9|2|3",
      description = "1: sub-layer norms, 1.9: layer-wise, 2: pre-training, 3: distillation.")
  private String stage = "";

  @Mixin private TrainingOptions training = new TrainingOptions();

  @Mixin private LaunchOptions options = new LaunchOptions();

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Mixin
  private RetiredFlags retired = new RetiredFlags();

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Launches through this context's services. */
  public TrainCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Launcher launcher = new Launcher(context, spec.commandLine(), output.isJson());
    ObjectNode request = launcher.request().put("template", "train").put("model", model);
    request.putObject("parameters").put("stage", stage);
    training.addTo(request);
    return launcher.launch(request, options, true);
  }
}
