package dev.wrinklefree.sandbox;

import dev.wrinklefree.sandbox.platform.SetupException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The platform on one machine. */
@Command(
    name = "sandbox",
    description = "The WrinkleFree platform on one machine, with stand-ins for the clouds.")
public final class Sandbox {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  private Sandbox() {}

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine root = new CommandLine(new Sandbox());
    root.addSubcommand(withPorts(new UpCommand()));
    root.addSubcommand(withPorts(new DemoCommand()));
    root.addSubcommand(new ArchiveCommand());
    root.addSubcommand(new PartCommand());
    root.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof SetupException) {
            command.getErr().println("sandbox: " + failure.getMessage());
            return PlatformSession.SETUP;
          }
          throw failure;
        });
    return root;
  }

  private static CommandLine withPorts(Object command) {
    CommandLine line = new CommandLine(command);
    PlatformOptions.addPortOptions(line.getCommandSpec());
    return line;
  }
}
