package dev.wrinklefree.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.check.AccessCheck;
import dev.wrinklefree.cli.check.Finding;
import dev.wrinklefree.cli.check.ServiceChecks;
import dev.wrinklefree.cli.kafka.ClusterCheck;
import dev.wrinklefree.cli.output.Style;
import dev.wrinklefree.cli.output.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wf check}: can runs be launched and followed? */
@Command(
    name = "check",
    description = {
      "Check all that a run needs: your token, the services, Kafka, SkyPilot and its clouds, the"
          + " bucket, the W&B key, prices. Each line says what to do.",
      "Exit code 13 if anything has failed; what could not be checked does not count."
    },
    mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private KafkaOption kafka = new KafkaOption();
  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Checks what this context's settings name. */
  public CheckCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    ServiceChecks asked = new ServiceChecks(context.services());
    List<Finding> findings = new ArrayList<>();
    findings.add(new AccessCheck(context.services()).finding());
    findings.addAll(new ClusterCheck(kafka.settings(context)).findings());
    findings.addAll(asked.findings());
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(json(findings));
    } else {
      print(findings, out);
    }
    return count(findings, Finding.Status.FAILED) == 0 ? ExitCode.OK : ExitCode.CHECK_FAILED;
  }

  private void print(List<Finding> findings, PrintWriter out) {
    Style style = new Style(context.ansi());
    Table table = new Table("WHERE", "CHECK", "RESULT", "DETAIL");
    for (Finding finding : findings) {
      table.row(
          finding.where(),
          finding.name(),
          style.colour(colour(finding.status()), finding.status().word()),
          finding.detail());
    }
    List<String> lines = table.lines();
    out.println(lines.getFirst());
    for (int i = 0; i < findings.size(); i++) {
      out.println(lines.get(i + 1));
      if (!findings.get(i).advice().isEmpty()) {
        out.println("  -> " + findings.get(i).advice());
      }
    }
    out.printf(
        "%n%d ok, %d failed, %d unknown%n",
        count(findings, Finding.Status.OK),
        count(findings, Finding.Status.FAILED),
        count(findings, Finding.Status.UNKNOWN));
  }

  private ObjectNode json(List<Finding> findings) {
    ObjectNode document = context.services().mapper().createObjectNode();
    ArrayNode checks = document.putArray("checks");
    for (Finding finding : findings) {
      checks
          .addObject()
          .put("where", finding.where())
          .put("name", finding.name())
          .put("status", finding.status().word())
          .put("detail", finding.detail())
          .put("advice", finding.advice());
    }
    document.put("failed", count(findings, Finding.Status.FAILED));
    return document;
  }

  private static long count(List<Finding> findings, Finding.Status status) {
    return findings.stream().filter(finding -> finding.status() == status).count();
  }

  private static String colour(Finding.Status status) {
    return switch (status) {
      case OK -> "green";
      case FAILED -> "red";
      case UNKNOWN -> "yellow";
    };
  }
}
