package dev.wrinklefree.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.output.Humane;
import dev.wrinklefree.cli.output.Style;
import dev.wrinklefree.cli.output.Table;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import dev.wrinklefree.cli.run.RunState;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wf runs}: the newest runs, one line each. */
@Command(name = "runs", description = "List runs, newest first.", mixinStandardHelpOptions = true)
public final class RunsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "10",
      description = "How many, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int limit = 10;

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Lists what this context's services know. */
  public RunsCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Services services = context.services();
    JsonNode launches = services.get(Service.LAUNCH, "/launches?limit=" + limit).path("launches");
    Map<String, JsonNode> jobs =
        byRun(services.get(Service.MONITOR, "/jobs?limit=1000").path("jobs"));
    Map<String, JsonNode> costs =
        byRun(services.get(Service.COST, "/costs?limit=1000").path("costs"));
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(joined(launches, jobs, costs));
      return ExitCode.OK;
    }
    Table table = new Table("RUN", "NAME", "STATE", "GPUS", "WHERE", "REQUESTED", "COST");
    for (JsonNode launch : launches) {
      String runId = launch.path("runId").asText();
      addRow(table, launch, jobs.get(runId), costs.get(runId));
    }
    if (table.isEmpty()) {
      out.println("No runs yet. Launch one: wf fairy2 -m smollm2_135m");
      return ExitCode.OK;
    }
    table.lines().forEach(out::println);
    return ExitCode.OK;
  }

  private void addRow(
      Table table,
      JsonNode launch,
      @org.jspecify.annotations.Nullable JsonNode job,
      @org.jspecify.annotations.Nullable JsonNode cost) {
    String word = RunState.word(launch, job);
    String state =
        job == null ? word : new Style(context.ansi()).state(RunState.jobState(job), word);
    JsonNode accelerators = launch.path("accelerators");
    table.row(
        launch.path("runId").asText(),
        launch.path("name").asText(),
        state,
        accelerators.isMissingNode()
            ? ""
            : accelerators.path("type").asText() + ":" + accelerators.path("count").asText(),
        job == null ? "" : where(job.path("placement")),
        Humane.ago(launch.path("requestedAt"), context.clock().instant()),
        cost == null ? "" : money(cost));
  }

  private static String where(JsonNode placement) {
    if (placement.isMissingNode()) {
      return "";
    }
    String region = placement.path("region").asText("");
    return placement.path("cloud").asText()
        + (region.isEmpty() ? "" : "/" + region)
        + (placement.path("spot").asBoolean() ? " spot" : "");
  }

  private static String money(JsonNode cost) {
    String spent = Humane.money(cost.path("spent"));
    return spent.isEmpty() && "unknown".equals(cost.path("pricing").asText()) ? "unknown" : spent;
  }

  private static Map<String, JsonNode> byRun(JsonNode array) {
    Map<String, JsonNode> byRun = new HashMap<>();
    array.forEach(element -> byRun.put(element.path("runId").asText(), element));
    return byRun;
  }

  private ObjectNode joined(
      JsonNode launches, Map<String, JsonNode> jobs, Map<String, JsonNode> costs) {
    ObjectNode document = context.services().mapper().createObjectNode();
    ArrayNode runs = document.putArray("runs");
    for (JsonNode launch : launches) {
      String runId = launch.path("runId").asText();
      ObjectNode run = runs.addObject().put("runId", runId);
      run.set("launch", launch);
      run.set("job", jobs.get(runId));
      run.set("cost", costs.get(runId));
    }
    return document;
  }
}
