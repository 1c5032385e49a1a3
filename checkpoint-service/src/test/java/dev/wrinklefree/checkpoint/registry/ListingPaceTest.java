package dev.wrinklefree.checkpoint.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wrinklefree.checkpoint.registry.ListingPace.Activity;
import dev.wrinklefree.checkpoint.registry.ListingPace.Job;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ListingPaceTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final ListingPace PACE =
      new ListingPace(
          Duration.ofSeconds(15), Duration.ofHours(24), Duration.ofMinutes(5), Duration.ofDays(30));

  @ParameterizedTest
  @CsvSource({
    // job, quiet for, failures, waiting, next after
    "POSSIBLE, PT0S,     0,   false, PT15S",
    "POSSIBLE, PT23H59M, 0,   false, PT15S",
    "POSSIBLE, PT24H,    0,   false, PT5M",
    "POSSIBLE, PT719H,   0,   false, PT5M",
    "NONE,     PT0S,     0,   false, PT5M",
    "ACTIVE,   PT0S,     0,   false, PT15S",
    "ACTIVE,   PT719H,   0,   false, PT15S",
    "ACTIVE,   PT9000H,  0,   false, PT5M",
    "POSSIBLE, PT0S,     1,   false, PT15S",
    "POSSIBLE, PT0S,     2,   false, PT30S",
    "POSSIBLE, PT0S,     5,   false, PT4M",
    "POSSIBLE, PT0S,     6,   false, PT5M",
    "POSSIBLE, PT0S,     999, false, PT5M",
    // A failure is soon tried again, even where a success would be followed by a long wait.
    "POSSIBLE, PT24H,    1,   false, PT15S",
    "NONE,     PT0S,     1,   false, PT15S",
    "POSSIBLE, PT24H,    0,   true,  PT15S",
    "NONE,     PT0S,     0,   true,  PT15S",
    "POSSIBLE, PT721H,   0,   true,  PT15S",
    // A listing that failed does not show that nothing has changed.
    "POSSIBLE, PT720H,   7,   false, PT5M",
    "NONE,     PT9000H,  1,   false, PT15S",
    // Changes that lie in the future were recorded by a clock that has been set back.
    "POSSIBLE, PT-1H,    0,   false, PT15S",
  })
  void listsAgainAfter(Job job, Duration quiet, int failures, boolean waiting, Duration after) {
    assertThat(PACE.next(new Activity(job, NOW.minus(quiet), failures, waiting), NOW))
        .contains(NOW.plus(after));
  }

  @ParameterizedTest
  @EnumSource(names = {"POSSIBLE", "NONE"})
  void givesUpWhatHasNotChangedForLong(Job job) {
    Activity activity = new Activity(job, NOW.minus(Duration.ofDays(30)), 0, false);

    assertThat(PACE.next(activity, NOW)).isEmpty();
  }

  @Test
  void refusesLengthsThatContradictEachOther() {
    Duration one = Duration.ofSeconds(1);
    Duration two = Duration.ofSeconds(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ListingPace(Duration.ZERO, one, one, one));
    assertThatIllegalArgumentException().isThrownBy(() -> new ListingPace(two, one, one, one));
    assertThatIllegalArgumentException().isThrownBy(() -> new ListingPace(one, two, one, one));
  }
}
