package dev.wrinklefree.skypilot.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogLineCleanerTest {
  private static final String HEARTBEAT =
      "<sky-payload>\"<heartbeat>x</heartbeat>\"</sky-payload>\n";

  @Test
  void dropsControlLinesWithAndWithoutAType() {
    assertThat(
            lines(
                "a\n"
                    + HEARTBEAT
                    + "<sky-payload-user>\"<rich_init>Waiting</rich_init>\"</sky-payload>\nb\n"))
        .containsExactly("a", "b");
  }

  @Test
  void keepsTheTextThatAControlPayloadInterrupts() {
    assertThat(lines("step 3 of" + HEARTBEAT + "b\n")).containsExactly("step 3 of", "b");
  }

  @Test
  void keepsAnUnfinishedPayloadAndEmptyLines() {
    assertThat(lines("<sky-payload broken\n\n  x\n"))
        .containsExactly("<sky-payload broken", "", "  x");
  }

  @Test
  void aRetryPayloadIsAnItemOfItsOwn() {
    assertThat(items("a\n<sky-payload>\"<retry></retry>\"</sky-payload>\n"))
        .containsExactly(new LogItem.Line("a"), new LogItem.Retry());
  }

  @Test
  void eachUpdateOfAProgressBarIsALineAndWindowsEndsCountOnce() {
    assertThat(lines("\r 10%\r 20%\r\n30%\r\r\nx\r\n\r\ny"))
        .containsExactly(" 10%", " 20%", "30%", "x", "", "y");
  }

  @Test
  void stripsColours() {
    assertThat(lines("\u001B[36m(task, pid=1)\u001B[0m loss\u001B]0;t\u0007\n"))
        .containsExactly("(task, pid=1) loss");
  }

  @Test
  void dividesAnEndlessLineWithoutLosingACharacter() {
    String endless = "ab😀".repeat(LogLineCleaner.MAX_LINE_CHARS);
    List<String> lines = lines(endless + "\nnext\n");
    assertThat(lines).hasSizeGreaterThan(3).endsWith("next");
    assertThat(String.join("", lines.subList(0, lines.size() - 1))).isEqualTo(endless);
    assertThat(lines).allMatch(line -> line.length() <= LogLineCleaner.MAX_LINE_CHARS + 1);
  }

  @Test
  void aLineThatFillsTheBoundExactlyEndsOnce() {
    String full = "x".repeat(LogLineCleaner.MAX_LINE_CHARS);
    assertThat(lines(full + "\nnext\n")).containsExactly(full, "next");
  }

  @Test
  void replacesACharacterThatNeverCompletes() {
    LogLineCleaner cleaner = new LogLineCleaner();
    byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
    List<LogItem> items = new ArrayList<>(cleaner.accept(ByteBuffer.wrap(euro, 0, 2)));
    items.addAll(cleaner.finish());
    assertThat(items).containsExactly(new LogItem.Line("\uFFFD"));
  }

  private static List<String> lines(String text) {
    return items(text).stream().map(item -> ((LogItem.Line) item).text()).toList();
  }

  private static List<LogItem> items(String text) {
    LogLineCleaner cleaner = new LogLineCleaner();
    List<LogItem> items =
        new ArrayList<>(cleaner.accept(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    items.addAll(cleaner.finish());
    return items;
  }
}
