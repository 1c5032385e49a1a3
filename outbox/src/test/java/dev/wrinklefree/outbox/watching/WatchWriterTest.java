package dev.wrinklefree.outbox.watching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchWriterTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Watch WATCH = new Watch("queue", Duration.ofSeconds(15));

  private final WatchWriter writer = new WatchWriter();

  @Test
  void writesEveryRoundButNotEveryRead() {
    long writes =
        IntStream.range(0, 150)
            .filter(i -> writer.isDue(WATCH, true, NOW.plusMillis(i * 100L)))
            .count();
    assertThat(writes).isEqualTo(2);
    assertThat(writer.isDue(WATCH, true, NOW.plusSeconds(15))).isTrue();
  }

  @Test
  void writesAChangeOfResultAtOnce() {
    assertThat(writer.isDue(WATCH, true, NOW)).isTrue();
    assertThat(writer.isDue(WATCH, false, NOW.plusMillis(1))).isTrue();
    assertThat(writer.isDue(WATCH, false, NOW.plusMillis(2))).isFalse();
    assertThat(writer.isDue(WATCH, true, NOW.plusMillis(3))).isTrue();
  }

  @Test
  void keepsWatchesApart() {
    assertThat(writer.isDue(WATCH, true, NOW)).isTrue();
    assertThat(writer.isDue(new Watch("bucket", Duration.ofSeconds(15)), true, NOW)).isTrue();
  }

  @Test
  void triesAgainWhatCouldNotBeWritten() {
    assertThat(writer.isDue(WATCH, true, NOW)).isTrue();
    writer.forget(WATCH);
    assertThat(writer.isDue(WATCH, true, NOW.plusMillis(1))).isTrue();
  }
}
