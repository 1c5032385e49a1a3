package dev.wrinklefree.checkpoint.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.checkpoint.registry.BucketState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BucketsReportTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Instant BEFORE = NOW.minusSeconds(20);

  @Test
  void withoutRunsNothingIsWrong() {
    assertThat(trouble()).isEmpty();
  }

  @Test
  void aBucketThatWasListedWhenItWasLastTriedIsFine() {
    assertThat(trouble(bucket("a", NOW, BEFORE), bucket("b", NOW, null))).isEmpty();
  }

  @Test
  void aBucketThatFailsIsNamedWithItsReasonAlthoughOthersAreFine() {
    assertThat(trouble(bucket("a", NOW, null), bucket("b", BEFORE, NOW)))
        .hasValueSatisfying(
            text -> assertThat(text).contains("gs://b", BEFORE.toString(), "http-503"))
        .hasValueSatisfying(text -> assertThat(text).doesNotContain("gs://a"));
  }

  @Test
  void aBucketThatNeverWasListedDoesNotCountWhileOthersAreListed() {
    assertThat(trouble(bucket("a", NOW, null), bucket("no-such-bucket", null, NOW))).isEmpty();
    assertThat(trouble(bucket("no-such-bucket", null, NOW))).isPresent();
  }

  @Test
  void aListingThatIsLongOverdueIsTrouble() {
    BucketState waits =
        new BucketState("a", BEFORE, null, null, null, NOW.minus(Duration.ofSeconds(16)));

    assertThat(trouble(waits))
        .hasValueSatisfying(text -> assertThat(text).contains("gs://a", "waits since"));
  }

  private static Optional<String> trouble(BucketState... buckets) {
    return BucketsReport.trouble(List.of(buckets), Duration.ofSeconds(15), NOW);
  }

  private static BucketState bucket(
      String name, @Nullable Instant listedAt, @Nullable Instant failedAt) {
    return new BucketState(name, listedAt, failedAt, BEFORE, "http-503", NOW);
  }
}
