package dev.wrinklefree.cli.command;

import dev.wrinklefree.cli.output.OutputFormat;
import picocli.CommandLine.Option;

/** The option that every command has. */
public final class OutputOption {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      defaultValue = "table",
      description = "How to print the result (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.TABLE;

  /** Whether for programs. */
  public boolean isJson() {
    return format == OutputFormat.JSON;
  }
}
