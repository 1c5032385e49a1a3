package dev.wrinklefree.cli;

import dev.wrinklefree.cli.command.WfContext;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The {@code wf} command. */
@Command(
    name = "wf",
    description = "Launches training runs and tells how they are.",
    mixinStandardHelpOptions = true,
    version = "wf 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, 1 unexpected, 2 wrong command line, 3 rejected request, 4 not found,",
      "  5 service unreachable, 6 ambiguous name, 7 not allowed, 10 run failed, 11 run cancelled,",
      "  12 audit found a loss, 13 a check failed.",
      "Addresses: WF_LAUNCH_URL, WF_MONITOR_URL, WF_CHECKPOINT_URL, WF_COST_URL, or the same as",
      "  launch.url=… in ~/.config/wf/config.properties.",
      "Token: WF_TOKEN, the file that WF_TOKEN_FILE names, or ~/.config/wf/token."
    })
public final class Wf implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private Wf() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  private static int run(String... args) {
    WfContext context;
    try {
      context = WfContext.ofProcess(System.getenv());
    } catch (WfException e) {
      System.err.println("wf: " + e.getMessage());
      return e.exitCode();
    }
    return commandLine(context, args).execute(args);
  }

  /** The whole command line. */
  public static CommandLine commandLine(WfContext context) {
    return commandLine(context, new String[0]);
  }

  /**
   * The command line for these arguments: the one command that they begin with, or all.
   *
   * @param args what will be executed
   */
  public static CommandLine commandLine(WfContext context, String... args) {
    CommandLine line = new CommandLine(new Wf());
    Commands commands = new Commands(context, () -> commandLine(context));
    if (args.length > 0 && commands.has(args[0])) {
      commands.addTo(line, args[0]);
    } else {
      commands.addAllTo(line);
    }
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setColorScheme(CommandLine.Help.defaultColorScheme(context.ansi()))
        .setParameterExceptionHandler(Wf::onWrongCommandLine)
        .setExecutionExceptionHandler(Wf::onFailure);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  private static int onWrongCommandLine(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .println(
            "wf: "
                + oneLine(e.getMessage()).replaceFirst("[.]?$", ".")
                + " Try: "
                + command.getCommandSpec().qualifiedName()
                + " --help");
    return ExitCode.USAGE;
  }

  private static int onFailure(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof WfException expected) {
      err.println("wf: " + expected.getMessage());
      return expected.exitCode();
    }
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    err.println("wf: unexpected: " + e.getClass().getSimpleName() + ": " + oneLine(e.getMessage()));
    if ("1".equals(System.getenv("WF_DEBUG"))) {
      e.printStackTrace(err);
    }
    return ExitCode.UNEXPECTED;
  }

  private static String oneLine(@org.jspecify.annotations.Nullable String message) {
    return message == null ? "no detail." : message.replaceAll("\\s*\\R\\s*", " ");
  }
}
