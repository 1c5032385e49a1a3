package dev.wrinklefree.cli.command;

import dev.wrinklefree.cli.ExitCode;
import dev.wrinklefree.cli.WfException;
import dev.wrinklefree.cli.kafka.DeadLetters;
import dev.wrinklefree.cli.kafka.Replays;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wf dead-letters}: what the services could not handle. */
@Command(
    name = "dead-letters",
    description = "Look at what the services could not handle, and send it again.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class DeadLettersCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private DeadLettersCommand() {}

  /** The command with its subcommands. */
  public static CommandLine line(WfContext context) {
    return new CommandLine(new DeadLettersCommand())
        .addSubcommand(new ListLetters(context))
        .addSubcommand(new ShowLetter(context))
        .addSubcommand(new ReplayLetters(context));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command: list, show or replay?");
  }

  /** {@code wf dead-letters list}. */
  @Command(name = "list", description = "List dead letters.", mixinStandardHelpOptions = true)
  static final class ListLetters implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
        names = "--topic",
        paramLabel = "TOPIC",
        description = "Only those of this topic, for example launch-requested.")
    private @Nullable String topic;

    @Mixin private KafkaOption kafka = new KafkaOption();
    @Mixin private OutputOption output = new OutputOption();

    private final WfContext context;

    ListLetters(WfContext context) {
      this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
      return new DeadLetters(kafka.settings(context), spec.commandLine().getOut(), output.isJson())
          .list(topic);
    }
  }

  /** {@code wf dead-letters show}. */
  @Command(
      name = "show",
      description = "Show a dead letter with its reason, headers and body.",
      mixinStandardHelpOptions = true)
  static final class ShowLetter implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "TOPIC/PARTITION/OFFSET, as list shows it.")
    private String id = "";

    @Mixin private KafkaOption kafka = new KafkaOption();
    @Mixin private OutputOption output = new OutputOption();

    private final WfContext context;

    ShowLetter(WfContext context) {
      this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
      return new DeadLetters(kafka.settings(context), spec.commandLine().getOut(), output.isJson())
          .show(id);
    }
  }

  /** {@code wf dead-letters replay}. */
  @Command(
      name = "replay",
      description = {
        "Send dead letters to their own topic again, with key, headers and value as they were.",
        "Exit code 3 if one that was named was left."
      },
      mixinStandardHelpOptions = true)
  static final class ReplayLetters implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", arity = "0..*", description = "TOPIC/PARTITION/OFFSET.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--all", description = "All dead letters of --topic.")
    private boolean all;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "With --all: which topic.")
    private @Nullable String topic;

    @Option(
        names = "--body",
        paramLabel = "FILE",
        description = "Send this instead of the body; for one request.")
    private @Nullable Path body;

    @Option(names = "--again", description = "Also what was sent again before.")
    private boolean again;

    @Option(
        names = "--unchecked",
        description = "Also what would be a dead letter again, as far as this wf can tell.")
    private boolean unchecked;

    @Option(names = "--dry-run", description = "Only say what would be sent.")
    private boolean dryRun;

    @Mixin private KafkaOption kafka = new KafkaOption();
    @Mixin private OutputOption output = new OutputOption();

    private final WfContext context;

    ReplayLetters(WfContext context) {
      this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
      if (ids.isEmpty() != all || all == (topic == null)) {
        throw new WfException(ExitCode.USAGE, "name dead letters, or give --all and --topic.");
      }
      if (body != null && ids.size() != 1) {
        throw new WfException(ExitCode.USAGE, "--body is for one dead letter.");
      }
      return new Replays(kafka.settings(context), spec.commandLine().getOut(), output.isJson())
          .run(new Replays.Order(ids, topic, body, again, unchecked, dryRun));
    }
  }
}
