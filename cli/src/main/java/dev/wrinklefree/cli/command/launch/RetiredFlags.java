package dev.wrinklefree.cli.command.launch;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Flags of the former deployer: each is an error that says what to give instead. */
final class RetiredFlags {

  /** The same for the help. */
  static final String HELP =
      "Formerly: --gpu-type: --scale, -b/--backend: SkyPilot only, -t/--training: --stage or an"
          + " override, --max-steps N: training.max_steps=N, --use-spot: --spot,"
          + " --no-wandb and --skip-recovery: not needed.";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--gpu-type", arity = "0..1", hidden = true)
  void gpuType(String ignored) {
    refuse("--gpu-type", "use --scale, or launch a task of your own: wf launch TASK.yaml");
  }

  @Option(
      names = {"-b", "--backend"},
      arity = "0..1",
      hidden = true)
  void backend(String ignored) {
    refuse("--backend", "all runs go through SkyPilot; leave it out");
  }

  @Option(
      names = {"-t", "--training"},
      arity = "0..1",
      hidden = true)
  void training(String ignored) {
    refuse("--training", "use wf train --stage 1|1.9|2|3, or an override such as training=NAME");
  }

  @Option(names = "--max-steps", arity = "0..1", hidden = true)
  void maxSteps(String ignored) {
    refuse("--max-steps", "use the override training.max_steps=N");
  }

  @Option(names = "--use-spot", arity = "0..1", hidden = true)
  void useSpot(String ignored) {
    refuse("--use-spot", "use --spot");
  }

  @Option(names = "--no-wandb", arity = "0..1", hidden = true)
  void noWandb(String ignored) {
    refuse(
        "--no-wandb", "a run logs to W&B only where the platform holds the secret WANDB_API_KEY");
  }

  @Option(names = "--skip-recovery", arity = "0..1", hidden = true)
  void skipRecovery(String ignored) {
    refuse(
        "--skip-recovery", "each run has a prefix of its own, so that nothing is found by chance");
  }

  private void refuse(String flag, String instead) {
    throw new ParameterException(spec.commandLine(), flag + " is no more: " + instead);
  }
}
