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

/** {@code wf eval}: measures a model. */
@Command(
    name = "eval",
    description = "Evaluate a model on a benchmark; returns at once unless --no-detach is given.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: wf eval --model-path gs://bucket/checkpoint-final/ --benchmark glue"})
public final class EvalCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-m", "--model-path"},
      required = true,
      paramLabel = "FROM",
      description = "What to evaluate: gs://…, hf://… or a Hugging Face id.")
  private String modelPath = "";

  @Option(
      names = "--benchmark",
      description = "For example glue, summarization or smoke_test (default: the template's).")
  private @Nullable String benchmark;

  @Mixin private LaunchOptions options = new LaunchOptions();
  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Launches through this context's services. */
  public EvalCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Launcher launcher = new Launcher(context, spec.commandLine(), output.isJson());
    ObjectNode request = launcher.request().put("template", "eval");
    ObjectNode given = request.putObject("parameters").put("modelPath", modelPath);
    LaunchOptions.putIfGiven(given, "benchmark", benchmark);
    return launcher.launch(request, options, true);
  }
}
