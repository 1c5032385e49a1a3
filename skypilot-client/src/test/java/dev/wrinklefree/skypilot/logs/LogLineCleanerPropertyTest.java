package dev.wrinklefree.skypilot.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class LogLineCleanerPropertyTest {

  @Property(seed = "20260701")
  void anyChunkingOfAnyTextGivesTheSameItems(
      @ForAll("logTexts") String text,
      @ForAll @Size(max = 40) List<@IntRange(max = 9) Integer> cuts) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(inChunks(bytes, cuts)).isEqualTo(inChunks(bytes, List.of()));
  }

  @Property(seed = "20260702")
  void anyChunkingOfAnyBytesGivesTheSameItems(
      @ForAll @Size(max = 60) byte[] bytes,
      @ForAll @Size(max = 40) List<@IntRange(max = 4) Integer> cuts) {
    assertThat(inChunks(bytes, cuts)).isEqualTo(inChunks(bytes, List.of()));
  }

  @Property(seed = "20260703")
  void plainLinesComeOutAsTheyWentIn(
      @ForAll @Size(max = 20) List<@From("plainLines") String> lines) {
    String text = String.join("", lines.stream().map(line -> line + "\n").toList());
    assertThat(inChunks(text.getBytes(StandardCharsets.UTF_8), List.of(1, 2, 3)))
        .isEqualTo(lines.stream().map(line -> (LogItem) new LogItem.Line(line)).toList());
  }

  /** Texts made of what matters to the cleaner, with characters of one to four bytes between. */
  @Provide
  Arbitrary<String> logTexts() {
    return Arbitraries.of(
            "\n",
            "\r",
            "\r\n",
            "é",
            "€",
            "😀",
            "step 1",
            " ",
            "<sky-payload>",
            "</sky-payload>",
            "\"<heartbeat>1</heartbeat>\"",
            "<retry>",
            "<sky-payload>\"<retry>\"</sky-payload>",
            "\u001B[31m",
            "\u001B")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> plainLines() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withChars('é', '€', '\t')
        .ofMaxLength(30)
        .filter(line -> !line.contains("<sky-payload"));
  }

  private static List<LogItem> inChunks(byte[] bytes, List<Integer> cuts) {
    LogLineCleaner cleaner = new LogLineCleaner();
    List<LogItem> items = new ArrayList<>();
    int start = 0;
    for (int cut : cuts) {
      int length = Math.min(cut, bytes.length - start);
      items.addAll(cleaner.accept(ByteBuffer.wrap(bytes, start, length)));
      start += length;
    }
    items.addAll(cleaner.accept(ByteBuffer.wrap(bytes, start, bytes.length - start)));
    items.addAll(cleaner.finish());
    return items;
  }
}
