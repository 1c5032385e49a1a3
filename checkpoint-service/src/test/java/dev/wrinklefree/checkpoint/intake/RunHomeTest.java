package dev.wrinklefree.checkpoint.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wrinklefree.contract.event.LaunchAccepted;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.testkit.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunHomeTest {

  @Test
  void aRunsHomeIsTakenAsItIs() {
    LaunchAccepted accepted = Fixtures.launchAccepted(new RunId("my-run"));

    assertThat(RunHome.of(accepted).toString())
        .isEqualTo("gs://" + accepted.bucket() + "/" + accepted.checkpointPrefix());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|fairy2/m/r/",
        "..|fairy2/m/r/",
        "other/../b|fairy2/m/r/",
        "gs://bucket|fairy2/m/r/",
        "Bucket|fairy2/m/r/",
        "bucket|``",
        "bucket|/",
        "bucket|//",
        "bucket|a//",
        "bucket|/fairy2/",
        "bucket|fairy2",
        "bucket|fairy2/../other/",
        "bucket|./",
        "bucket|a//b/",
        "bucket|a\\nb/",
        "bucket|LONG/"
      })
  void whatIsNoRunsHomeIsRefused(String bucket, String prefix) {
    LaunchAccepted accepted =
        at(bucket, prefix.replace("\\n", "\n").replace("LONG", "é".repeat(600)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunHome.of(accepted))
        .withMessageStartingWith("field ");
  }

  private static LaunchAccepted at(String bucket, String prefix) {
    LaunchAccepted sample = Fixtures.launchAccepted(new RunId("my-run"));
    return new LaunchAccepted(
        sample.runId(),
        sample.name(),
        sample.template(),
        sample.model(),
        sample.mode(),
        sample.scale(),
        sample.accelerators(),
        sample.clouds(),
        sample.spot(),
        sample.overrides(),
        bucket,
        prefix,
        sample.wandb(),
        sample.budget(),
        sample.labels(),
        sample.owner(),
        sample.requestedAt(),
        sample.parameters(),
        sample.resumedFrom(),
        sample.checkpoints(),
        sample.metrics(),
        sample.acceleratorsUsed());
  }
}
