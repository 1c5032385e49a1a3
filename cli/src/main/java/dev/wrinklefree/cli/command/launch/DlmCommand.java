package dev.wrinklefree.cli.command.launch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.command.OutputOption;
import dev.wrinklefree.cli.command.WfContext;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wf dlm}: launches the conversion of a model into a diffusion language model. */
@Command(
    name = "dlm",
    description = "Launch diffusion-language-model training; returns at once unless --no-detach.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: wf dlm -m smollm2_135m -s gs://wrinklefree-checkpoints/…",
      RetiredFlags.HELP
    })
public final class DlmCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-m", "--model"},
      required = true,
      description = "Model to train, for example smollm2_135m.")
  private String model = "";

  @Option(
      names = {"-s", "--source"},
      paramLabel = "SOURCE",
      description = "Checkpoint to convert: hf://… or gs://… (default: the model's own weights).")
  private @Nullable String source;

  @Mixin private TrainingOptions training = new TrainingOptions();

  @Mixin private LaunchOptions options = new LaunchOptions();

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Mixin
  private RetiredFlags retired = new RetiredFlags();

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Launches through this context's services. */
  public DlmCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Launcher launcher = new Launcher(context, spec.commandLine(), output.isJson());
    ObjectNode request = launcher.request().put("template", "dlm").put("model", model);
    if (source != null) {
      request.putObject("parameters").put("source", source);
    }
    training.addTo(request);
    return launcher.launch(request, options, true);
  }
}
