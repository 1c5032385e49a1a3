package dev.wrinklefree.cli.command.launch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.command.OutputOption;
import dev.wrinklefree.cli.command.WfContext;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wf launch}: launches any SkyPilot task, or any template. */
@Command(
    name = "launch",
    description = {
      "Launch any SkyPilot task, or a template of the platform; returns at once unless --no-detach.",
      "A task comes from a file and is sent as it is: what it needs must be where a machine in the"
          + " cloud can get it (a git workdir, buckets), not on this machine."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  wf launch task.yaml --env EPOCHS=3 --secret HF_TOKEN --cloud gcp",
      "  wf launch --template train -m qwen3_4b -p stage=2 training.max_steps=10000"
    })
public final class LaunchCommand implements Callable<Integer> {

  /** The most that the contract takes. */
  private static final int MOST_TASK_BYTES = 64 * 1024;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "TASK.yaml | OVERRIDE",
      arity = "0..*",
      description = "The task's file; with --template: overrides of its configuration.")
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = "--template",
      paramLabel = "NAME",
      description = "A template instead of a file; wf templates lists them.")
  private @Nullable String template;

  @Option(
      names = {"-m", "--model"},
      description = "The template's model.")
  private @Nullable String model;

  @Option(names = "--mode", paramLabel = "w1|w2", description = "The template's mode.")
  private @Nullable String mode;

  @Option(
      names = {"-r", "--resume"},
      paramLabel = "FROM",
      description = TrainingOptions.RESUME)
  private @Nullable String resume;

  @Mixin private LaunchOptions options = new LaunchOptions();
  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Launches through this context's services. */
  public LaunchCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Launcher launcher = new Launcher(context, spec.commandLine(), output.isJson());
    ObjectNode request = launcher.request();
    if (template == null) {
      addTask(request);
    } else {
      request.put("template", template);
      if (!arguments.isEmpty()) {
        arguments.forEach(request.putArray("overrides")::add);
      }
    }
    LaunchOptions.putIfGiven(request, "model", model);
    LaunchOptions.putIfGiven(request, "mode", mode);
    LaunchOptions.putIfGiven(request, "resume", resume);
    return launcher.launch(request, options, true);
  }

  private void addTask(ObjectNode request) {
    if (arguments.isEmpty()) {
      throw wrong("Which task? Give a file or --template NAME");
    }
    if (options.hasParameters() || model != null || mode != null || resume != null) {
      throw wrong(
          "-p, -m, --mode and --resume belong to --template; a task takes --env NAME=VALUE");
    }
    if (arguments.size() > 1) {
      throw wrong("a task has no overrides (" + arguments.get(1) + "); give --env NAME=VALUE");
    }
    request.put("task", read(Path.of(arguments.getFirst())));
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) > MOST_TASK_BYTES) {
        throw new WfException(
            ExitCode.REJECTED, file + " is larger than 64 KiB; a task must be smaller");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new WfException(ExitCode.USAGE, "there is no file " + file);
    } catch (CharacterCodingException e) {
      throw new WfException(ExitCode.REJECTED, file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new WfException(ExitCode.USAGE, "cannot read " + file + ": " + e.getMessage());
    }
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
