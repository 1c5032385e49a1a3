package dev.wrinklefree.cli.command.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.command.OutputOption;
import dev.wrinklefree.cli.command.WfContext;
import dev.wrinklefree.cli.output.Humane;
import dev.wrinklefree.cli.output.Table;
import dev.wrinklefree.cli.rest.Service;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wf templates}: what can be launched by name. */
@Command(
    name = "templates",
    description = "List what can be launched with wf launch --template, with its parameters.",
    mixinStandardHelpOptions = true)
public final class TemplatesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "Only this one, in full.")
  private @Nullable String name;

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Asks this context's services. */
  public TemplatesCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    JsonNode answer = context.services().get(Service.LAUNCH, "/templates");
    PrintWriter out = spec.commandLine().getOut();
    JsonNode templates = name == null ? answer.path("templates") : only(answer, name);
    if (output.isJson()) {
      out.println(context.services().mapper().createObjectNode().set("templates", templates));
    } else if (name != null) {
      tell(templates.get(0), out);
    } else {
      list(templates, out);
    }
    return ExitCode.OK;
  }

  private ArrayNode only(JsonNode answer, String wanted) {
    ArrayNode found = context.services().mapper().createArrayNode();
    for (JsonNode template : answer.path("templates")) {
      if (wanted.equals(template.path("name").asText())) {
        return found.add(template);
      }
    }
    throw new WfException(
        ExitCode.NOT_FOUND, "there is no template \"" + wanted + "\". See: wf templates");
  }

  private static void list(JsonNode templates, PrintWriter out) {
    Table table = new Table("TEMPLATE", "PARAMETERS", "RESUMES", "WHAT");
    for (JsonNode template : templates) {
      StringBuilder parameters = new StringBuilder();
      for (JsonNode parameter : template.path("parameters")) {
        parameters
            .append(parameters.isEmpty() ? "" : " ")
            .append(parameter.path("name").asText())
            .append(parameter.path("required").asBoolean() ? "!" : "");
      }
      table.row(
          template.path("name").asText(),
          parameters.toString(),
          template.path("resume").asBoolean() ? "yes" : "no",
          template.path("description").asText(""));
    }
    table.lines().forEach(out::println);
    out.println("A parameter with ! is required. In full: wf templates NAME");
  }

  private static void tell(JsonNode template, PrintWriter out) {
    out.println(template.path("name").asText() + ": " + template.path("description").asText(""));
    out.println("models       " + Humane.plain(template.path("models")));
    out.println("scales       " + Humane.plain(template.path("scales")));
    out.println("checkpoints  " + (template.path("checkpoints").asBoolean() ? "yes" : "no"));
    out.println("resumes      " + (template.path("resume").asBoolean() ? "yes" : "no"));
    out.println();
    Table table = new Table("PARAMETER", "TYPE", "REQUIRED", "DEFAULT", "CHOICES", "WHAT");
    for (JsonNode parameter : template.path("parameters")) {
      table.row(
          parameter.path("name").asText(),
          parameter.path("type").asText(""),
          parameter.path("required").asBoolean() ? "yes" : "no",
          Humane.plain(parameter.path("default")),
          Humane.plain(parameter.path("choices")),
          parameter.path("description").asText(""));
    }
    if (!table.isEmpty()) {
      table.lines().forEach(out::println);
    }
  }
}
