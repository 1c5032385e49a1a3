package dev.wrinklefree.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {

  private static final Row MET =
      Row.of("relay", "", "rows", Unit.PER_SECOND, Samples.of(600, 1_500, 900))
          .beside("plain producer", Samples.of(1_000, 2_000, 1_000), Goal.atLeast(0.5));
  private static final Row MISSED =
      Row.of("jobs", "10×", "poll", Unit.MILLISECONDS, Samples.of(40, 42, 41))
          .beside("raw read", Samples.of(20, 20, 20), Goal.atMost(1.5));
  private static final Row ALONE =
      Row.of("start", "", "launch-service", Unit.SECONDS, Samples.of(2.345));

  @Test
  void aGoalIsHeldAgainstTheMedianRatio() {
    assertThat(MET.ratio().orElseThrow().median()).isEqualTo(0.75);
    assertThat(MET.meetsGoal()).contains(true);
    assertThat(MISSED.meetsGoal()).contains(false);
    assertThat(ALONE.meetsGoal()).isEmpty();
    assertThat(results(MET, ALONE).meetsAllGoals()).isTrue();
    assertThat(results(MET, MISSED).meetsAllGoals()).isFalse();
  }

  @Test
  void theTableShowsMedianSpreadRatioAndWhetherTheGoalIsMet() {
    List<String> lines = ResultsTable.of(results(MET, MISSED, ALONE)).lines().toList();

    assertThat(lines.get(1))
        .startsWith("relay")
        .contains("900 /s (600–1,500)", "plain producer", "0.750 (0.600–0.900)", "≥ 0.50", "met");
    assertThat(lines.get(2)).contains("41 ms (40–42)", "20 ms", "2.05 (2–2.10)").endsWith("MISSED");
    assertThat(lines.get(3)).endsWith("2.35 s");
    assertThat(lines.get(4)).isEqualTo("not measured: commands: sky is not installed");
    assertThat(lines.get(1).indexOf("plain")).isEqualTo(lines.get(2).indexOf("raw"));
  }

  @Test
  void theDocumentHasEveryValueOfEveryRun() {
    JsonNode document = new ObjectMapper().valueToTree(ResultsDocument.of(results(MET, ALONE)));

    JsonNode row = document.at("/rows/0");
    assertThat(row.at("/samples/values")).hasSize(3);
    assertThat(row.at("/peer/samples/median").doubleValue()).isEqualTo(1_000);
    assertThat(row.at("/ratio/median").doubleValue()).isEqualTo(0.75);
    assertThat(row.at("/met").booleanValue()).isTrue();
    assertThat(document.at("/rows/1").has("peer")).isFalse();
    assertThat(document.at("/machine/cores").textValue()).isEqualTo("2");
  }

  private static Results results(Row... rows) {
    return new Results(
        Instant.EPOCH,
        Map.of("cores", "2"),
        List.of(rows),
        Map.of("commands", "sky is not installed"));
  }
}
