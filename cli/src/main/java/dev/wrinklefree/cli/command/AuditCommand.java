package dev.wrinklefree.cli.command;

import dev.wrinklefree.cli.kafka.ClusterAudit;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wf audit}: did the platform keep its promises? */
@Command(
    name = "audit",
    description = {
      "Read all topics from their start, and tell what is lost, wrong or repeated.",
      "It only reads. Exit code 12 if anything is lost or wrong."
    },
    mixinStandardHelpOptions = true)
public final class AuditCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "RUN", arity = "0..1", description = "Run id; without it, all runs.")
  private @Nullable String run;

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      defaultValue = "PT15M",
      description =
          "How long an answer, a submit or a cancel may take before its absence counts (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration grace = Duration.ofMinutes(15);

  @Mixin private KafkaOption kafka = new KafkaOption();
  @Mixin private OutputOption output = new OutputOption();

  private final WfContext context;

  /** Audits the cluster that this context's settings name. */
  public AuditCommand(WfContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    return new ClusterAudit(
            kafka.settings(context),
            context.clock(),
            context.ansi(),
            spec.commandLine().getOut(),
            spec.commandLine().getErr())
        .run(run, grace, output.isJson());
  }
}
