package dev.wrinklefree.checkpoint.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wrinklefree.checkpoint.registry.ListingPace.Activity;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListingPaceTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final ListingPace PACE =
      new ListingPace(
          Duration.ofSeconds(15), Duration.ofHours(24), Duration.ofMinutes(5), Duration.ofDays(30));

  @ParameterizedTest
  @CsvSource({
    // live, quiet for, failures, waiting, next after
    "true,  PT0S,     0,   false, PT15S",
    "true,  PT23H59M, 0,   false, PT15S",
    "true,  PT24H,    0,   false, PT5M",
    "true,  PT719H,   0,   false, PT5M",
    "false, PT0S,     0,   false, PT5M",
    "true,  PT0S,     1,   false, PT15S",
    "true,  PT0S,     2,   false, PT30S",
    "true,  PT0S,     5,   false, PT4M",
    "true,  PT0S,     6,   false, PT5M",
    "true,  PT0S,     999, false, PT5M",
    "true,  PT24H,    1,   false, PT5M",
    "true,  PT24H,    0,   true,  PT15S",
    "false, PT0S,     0,   true,  PT15S",
    "true,  PT721H,   0,   true,  PT15S",
    // A listing that failed does not show that nothing has changed.
    "true,  PT720H,   7,   false, PT5M",
    "false, PT9000H,  1,   false, PT5M",
  })
  void listsAgainAfter(
      boolean live, Duration quiet, int failures, boolean waiting, Duration after) {
    assertThat(PACE.next(new Activity(live, NOW.minus(quiet), failures, waiting), NOW))
        .contains(NOW.plus(after));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givesUpWhatHasNotChangedForLong(boolean live) {
    Activity activity = new Activity(live, NOW.minus(Duration.ofDays(30)), 0, false);

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
