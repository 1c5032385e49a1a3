package dev.wrinklefree.cli.command;

import dev.wrinklefree.cli.ExitCode;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wf completion}: makes the shell complete commands and flags. */
@Command(
    name = "completion",
    description = "Print a script that completes wf in a shell.",
    mixinStandardHelpOptions = true,
    footer = {"", "bash: source <(wf completion bash)", "zsh:  source <(wf completion zsh)"})
public final class CompletionCommand implements Callable<Integer> {

  /** The shells that the script is for. */
  enum Shell {
    BASH,
    ZSH
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "bash|zsh", description = "Which shell.")
  private Shell shell = Shell.BASH;

  private final Supplier<CommandLine> whole;

  /**
   * Completes this command line.
   *
   * @param whole wf with all its commands
   */
  public CompletionCommand(Supplier<CommandLine> whole) {
    this.whole = whole;
  }

  @Override
  public Integer call() {
    if (shell == Shell.ZSH) {
      // The script itself is for both, but zsh has to be asked for what it needs.
      spec.commandLine().getOut().println("autoload -U +X compinit && compinit");
    }
    spec.commandLine().getOut().println(AutoComplete.bash("wf", whole.get()));
    return ExitCode.OK;
  }
}
