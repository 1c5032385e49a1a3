package dev.wrinklefree.cli.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** A command of the former deployer that is no more: it says what to use instead. */
@Command(mixinStandardHelpOptions = true)
public final class RetiredCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Its old arguments do not matter. */
  @Unmatched private List<String> ignored = new ArrayList<>();

  private final String instead;

  /**
   * A command that is no more.
   *
   * @param instead what to do instead, without a full stop
   */
  public RetiredCommand(String instead) {
    this.instead = instead;
  }

  /** What its help says. */
  public String description() {
    return "No more: " + instead + ".";
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "wf " + spec.name() + " is no more: " + instead);
  }
}
