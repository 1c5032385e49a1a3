package dev.wrinklefree.cli.command.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.command.OutputOption;
import dev.wrinklefree.cli.command.WfContext;
import dev.wrinklefree.cli.rest.Service;
import dev.wrinklefree.cli.rest.Services;
import dev.wrinklefree.cli.run.RunFinder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** {@code wf webhooks add}. */
@Command(
    name = "add",
    description = "Have events sent to an address; the secret that signs them is shown once.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: wf webhooks add https://ci.example/hook --type run.alerted.v1"})
final class AddWebhook implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "URL", description = "Where events go.")
  private String url = "";

  @Option(names = "--run", paramLabel = "RUN", description = "Only events of this run.")
  private @Nullable String run;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      split = ",",
      description = "Only this type, for example job.state-changed.v1; repeat it for several.")
  private List<String> types = new ArrayList<>();

  @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
  private @Nullable String description;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description = "A file that holds your own secret, whsec_… (default: one is made).")
  private @Nullable Path secretFile;

  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  AddWebhook(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Services services = context.services();
    String runId = run == null ? null : new RunFinder(services).find(run).runId();
    String secret = secretFile == null ? null : read(secretFile);
    ArrayNode added = services.mapper().createArrayNode();
    for (Map.Entry<Service, List<String>> share : Tellers.shares(Tellers.types(types)).entrySet()) {
      ObjectNode body = services.mapper().createObjectNode().put("url", url);
      put(body, "runId", runId);
      put(body, "description", description);
      // The first service makes the secret, the others get the same: a receiver has one.
      put(body, "secret", secret);
      if (!share.getValue().isEmpty()) {
        share.getValue().forEach(body.putArray("types")::add);
      }
      JsonNode answer = services.post(share.getKey(), "/webhooks", body);
      secret = answer.path("secret").asText(secret);
      added.add(Tellers.named(services, share.getKey(), answer));
      if (!output.isJson()) {
        // At once: should the next service refuse, this one is known and can be removed.
        spec.commandLine()
            .getOut()
            .println(share.getKey().serviceName() + "  " + answer.path("id").asText());
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      ObjectNode document = services.mapper().createObjectNode();
      document.set("webhooks", added);
      out.println(document);
    } else {
      out.println("Secret, shown once: " + secret);
      out.println("Try one with: wf webhooks ping " + added.path(0).path("id").asText());
    }
    return ExitCode.OK;
  }

  private static void put(ObjectNode body, String field, @Nullable String value) {
    if (value != null) {
      body.put(field, value);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new WfException(
          ExitCode.USAGE, "cannot read " + file + ": " + e.getClass().getSimpleName());
    }
  }
}
