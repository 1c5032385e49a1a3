package dev.wrinklefree.cli.command.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.command.OutputOption;
import dev.wrinklefree.cli.command.WfContext;
import dev.wrinklefree.cli.output.Offers;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wf estimate}: what a run would take and cost. */
@Command(
    name = "estimate",
    description = "Tell how long a run would take and what it would cost, cloud by cloud.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: wf estimate -m qwen3_4b --scale large"})
public final class EstimateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-m", "--model"},
      required = true,
      description = "Model, for example smollm2_135m.")
  private String model = "";

  @Option(
      names = "--scale",
      paramLabel = "SCALE",
      description = "dev, small, medium, large or xlarge (default: the model's own).")
  private @Nullable String scale;

  @Option(
      names = "--spot",
      negatable = true,
      description = "Only interruptible machines; --no-spot: only others (default: both).")
  private @Nullable Boolean spot;

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Asks this context's services. */
  public EstimateCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Services services = context.services();
    JsonNode estimate =
        Estimates.ask(services, model, scale == null ? defaultScale(services) : scale);
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(spot == null ? estimate : only(estimate, spot));
    } else {
      Offers.lines(estimate, spot).forEach(out::println);
    }
    return ExitCode.OK;
  }

  /** The scale that launch-service would choose. */
  private String defaultScale(Services services) throws InterruptedException {
    ObjectNode request = services.mapper().createObjectNode();
    request.put("template", "fairy2_train").put("model", model);
    return services.post(Service.LAUNCH, "/dry-runs", request).path("scale").asText();
  }

  private static JsonNode only(JsonNode estimate, boolean spot) {
    ObjectNode filtered = estimate.deepCopy();
    ArrayNode offers = filtered.putArray("offers");
    estimate.path("offers").forEach(o -> addIf(o.path("spot").asBoolean() == spot, offers, o));
    return filtered;
  }

  private static void addIf(boolean wanted, ArrayNode offers, JsonNode offer) {
    if (wanted) {
      offers.add(offer);
    }
  }
}
