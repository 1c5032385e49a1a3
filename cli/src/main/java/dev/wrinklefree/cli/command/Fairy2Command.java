package dev.wrinklefree.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import java.io.PrintWriter;
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

/** {@code wf fairy2}: launches a Fairy2 training run. */
@Command(
    name = "fairy2",
    description = "Launch a Fairy2 training run; returns at once unless --no-detach is given.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: wf fairy2 -m smollm2_135m --mode w2 training.batch_size=4"})
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

  @Option(
      names = "--scale",
      paramLabel = "SCALE",
      description = "dev, small, medium, large or xlarge (default: the model's own).")
  private @Nullable String scale;

  @Option(
      names = "--detach",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Return at once (default); --no-detach waits and ends with the run's outcome.")
  private boolean detach = true;

  @Option(
      names = "--run-id",
      description = "Run id of your choice (default: a new one is made from the model).")
  private @Nullable String runId;

  @Option(names = "--spot", negatable = true, description = "Use interruptible machines.")
  private @Nullable Boolean spot;

  @Option(
      names = "--cloud",
      paramLabel = "CLOUD[/REGION]",
      description = "A cloud to try; repeat it for several in order (default: the platform's).")
  private List<String> clouds = new ArrayList<>();

  @Option(names = "--budget", paramLabel = "USD", description = "Most that the run may cost.")
  private @Nullable String budget;

  @Option(
      names = "--budget-action",
      paramLabel = "ACTION",
      defaultValue = "alert",
      description =
          "When the budget is passed: alert, cancel-at-checkpoint or cancel"
              + " (default: ${DEFAULT-VALUE}).")
  private String budgetAction = "alert";

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "Environment variable of the task; never a secret.")
  private Map<String, String> environment = new LinkedHashMap<>();

  @Option(names = "--label", paramLabel = "KEY=VALUE", description = "Label of the run.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Parameters(
      paramLabel = "OVERRIDE",
      arity = "0..*",
      description = "Training configuration, for example training.max_steps=10000.")
  private List<String> overrides = new ArrayList<>();

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Launches through this context's services. */
  public Fairy2Command(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Services services = context.services();
    JsonNode answer = services.post(Service.LAUNCH, "/launches", request(services));
    String launched = answer.path("runId").asText();
    PrintWriter out = spec.commandLine().getOut();
    if (detach) {
      if (output.isJson()) {
        out.println(answer);
      } else {
        tell(out, launched);
      }
      return ExitCode.OK;
    }
    if (!output.isJson()) {
      tell(out, launched);
    }
    return new RunFollower(context, spec.commandLine()).follow(launched, output.isJson());
  }

  private void tell(PrintWriter out, String launched) {
    out.println("Launched " + launched);
    out.println("  Story:  wf show " + launched);
    out.println("  Logs:   wf logs " + launched + " -f");
    out.println("  Cancel: wf cancel " + launched);
    out.flush();
  }

  private ObjectNode request(Services services) {
    ObjectNode request = services.mapper().createObjectNode();
    request.put("template", "fairy2_train").put("model", model).put("mode", mode);
    if (runId != null) {
      request.put("runId", runId);
    }
    if (scale != null) {
      request.put("scale", scale);
    }
    if (spot != null) {
      request.put("spot", spot);
    }
    if (budget != null) {
      ObjectNode asked = request.putObject("budget");
      asked.putObject("limit").put("amount", budget).put("currency", "USD");
      asked.put("action", budgetAction);
    }
    if (!overrides.isEmpty()) {
      overrides.forEach(request.putArray("overrides")::add);
    }
    if (!environment.isEmpty()) {
      environment.forEach(request.putObject("environment")::put);
    }
    if (!labels.isEmpty()) {
      labels.forEach(request.putObject("labels")::put);
    }
    if (!clouds.isEmpty()) {
      addClouds(request.putArray("clouds"));
    }
    return request;
  }

  private void addClouds(ArrayNode array) {
    for (String cloud : clouds) {
      int slash = cloud.indexOf('/');
      ObjectNode candidate =
          array.addObject().put("cloud", slash < 0 ? cloud : cloud.substring(0, slash));
      if (slash >= 0) {
        candidate.put("region", cloud.substring(slash + 1));
      }
    }
  }
}
