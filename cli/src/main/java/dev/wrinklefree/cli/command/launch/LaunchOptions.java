package dev.wrinklefree.cli.command.launch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What every command that launches something takes. */
final class LaunchOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--scale",
      paramLabel = "SCALE",
      description = "dev, small, medium, large or xlarge (default: the model's own).")
  private @Nullable String scale;

  @Option(
      names = {"-c", "--cloud"},
      paramLabel = "CLOUD[/REGION]",
      description = "A cloud to try; repeat it for several in order (default: the platform's).")
  private List<String> clouds = new ArrayList<>();

  @Option(names = "--region", paramLabel = "REGION", description = "Region of the one --cloud.")
  private @Nullable String region;

  @Option(names = "--spot", negatable = true, description = "Use interruptible machines.")
  private @Nullable Boolean spot;

  @Option(
      names = "--budget",
      paramLabel = "USD",
      converter = Dollars.class,
      description = "Most that the run may cost.")
  private @Nullable BigDecimal budget;

  @Option(
      names = {"--on-budget", "--budget-action"},
      paramLabel = "ACTION",
      description =
          "When the budget is passed: alert, cancel-at-checkpoint or cancel (default: alert).")
  private @Nullable String onBudget;

  @Option(
      names = "--detach",
      negatable = true,
      fallbackValue = "true",
      description = "Return at once; --no-detach waits and ends with the run's outcome.")
  private @Nullable Boolean detach;

  @Option(names = "--name", description = "Name of the job (default: the template's).")
  private @Nullable String name;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Run id of your choice (default: a new one is made).")
  private @Nullable String runId;

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "Environment variable of the task; never a secret.")
  private Map<String, String> environment = new LinkedHashMap<>();

  @Option(
      names = "--secret",
      paramLabel = "NAME",
      description = "Name of a secret that the platform holds and the task gets.")
  private List<String> secrets = new ArrayList<>();

  @Option(
      names = {"-p", "--param"},
      paramLabel = "KEY=VALUE",
      description = "Another parameter of the template; see wf templates NAME.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(names = "--label", paramLabel = "KEY=VALUE", description = "Label of the run.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--dry-run",
      description = "Check the request and show what it would cost; start nothing.")
  private boolean dryRun;

  boolean hasParameters() {
    return !parameters.isEmpty();
  }

  boolean isDryRun() {
    return dryRun;
  }

  /** Whether to return at once. */
  boolean isDetached(boolean byDefault) {
    return detach == null ? byDefault : detach;
  }

  /** Writes them into a launch request. */
  void addTo(ObjectNode request) {
    putIfGiven(request, "runId", runId);
    putIfGiven(request, "name", name);
    putIfGiven(request, "scale", scale);
    if (spot != null) {
      request.put("spot", spot);
    }
    addBudget(request);
    if (!environment.isEmpty()) {
      environment.forEach(request.putObject("environment")::put);
    }
    addSecrets(request);
    if (!parameters.isEmpty()) {
      parameters.forEach(request.withObjectProperty("parameters")::put);
    }
    if (!labels.isEmpty()) {
      labels.forEach(request.putObject("labels")::put);
    }
    addClouds(request);
  }

  static void putIfGiven(ObjectNode request, String field, @Nullable String value) {
    if (value != null) {
      request.put(field, value);
    }
  }

  private void addBudget(ObjectNode request) {
    if (budget == null) {
      if (onBudget != null) {
        throw wrong("--on-budget needs --budget USD");
      }
      return;
    }
    ObjectNode asked = request.putObject("budget");
    asked.putObject("limit").put("amount", budget.toPlainString()).put("currency", "USD");
    asked.put("action", onBudget == null ? "alert" : onBudget);
  }

  private void addSecrets(ObjectNode request) {
    if (secrets.isEmpty()) {
      return;
    }
    ArrayNode names = request.putArray("secrets");
    for (String secret : secrets) {
      if (secret.contains("=")) {
        // Its value would be in the shell's history and in the list of processes already.
        throw wrong("--secret takes a name only; the value is kept where the platform runs");
      }
      names.add(secret);
    }
  }

  private void addClouds(ObjectNode request) {
    if (region != null && (clouds.size() != 1 || clouds.getFirst().contains("/"))) {
      throw wrong("--region belongs to one --cloud; for several write --cloud CLOUD/REGION");
    }
    if (clouds.isEmpty()) {
      return;
    }
    ArrayNode array = request.putArray("clouds");
    for (String cloud : clouds) {
      int slash = cloud.indexOf('/');
      ObjectNode candidate =
          array.addObject().put("cloud", slash < 0 ? cloud : cloud.substring(0, slash));
      putIfGiven(candidate, "region", slash < 0 ? region : cloud.substring(slash + 1));
    }
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  /** Reads {@code 50}, {@code 49.90} or {@code $50}. */
  static final class Dollars implements ITypeConverter<BigDecimal> {
    @Override
    public BigDecimal convert(String text) {
      try {
        return new BigDecimal(text.startsWith("$") ? text.substring(1) : text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("\"" + text + "\" is no amount of dollars");
      }
    }
  }
}
