package dev.wrinklefree.checkpoint.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListedTimeTest {

  private static final DateTimeFormatter AS_GOOGLE_WRITES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Property
  void readsWhatGoogleWrites(@ForAll @LongRange(min = 0, max = 253_402_300_799_999L) long millis) {
    Instant instant = Instant.ofEpochMilli(millis);

    assertThat(ListedTime.parse(AS_GOOGLE_WRITES.format(instant))).isEqualTo(instant);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05.678901Z, 2026-01-02T03:04:05.678901Z",
    "2026-01-02T03:04:05.678+02:00, 2026-01-02T01:04:05.678Z"
  })
  void readsAnyOtherFormOfTheSame(String time, Instant instant) {
    assertThat(ListedTime.parse(time)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-13-02T03:04:05.678Z",
        "2026-02-30T03:04:05.678Z",
        "2026-01-02T24:04:05.678Z",
        "2026-01-02T03:60:05.678Z",
        "2026-01-02T03:04:60.678Z",
        "2026-01-02 03:04:05.678Z"
      })
  void refusesWhatIsNoTime(String time) {
    assertThatThrownBy(() -> ListedTime.parse(time)).isInstanceOf(IllegalArgumentException.class);
  }
}
