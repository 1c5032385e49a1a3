package dev.wrinklefree.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code deploy/} asks of Prometheus is what the services tell, as the operations guide says.
 */
class DashboardsTest {

  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final Path DASHBOARD = DEPLOY.resolve("grafana/wrinklefree.json");
  private static final Path RULES = DEPLOY.resolve("prometheus/alerts.yml");
  private static final Path SCRAPES = DEPLOY.resolve("prometheus/prometheus.yml");

  private static final Pattern METRIC = Pattern.compile("\\b(?:wf|kafka)_[a-z_]+");
  private static final Pattern RULE = Pattern.compile("(?m)^ +expr: (.+)$");
  private static final Pattern PART = Pattern.compile("_(?:bucket|count|sum)$");

  /** What Prometheus adds to the series of a type. */
  private static final Map<String, Set<String>> PARTS =
      Map.of(
          "histogram", Set.of("_bucket", "_count", "_sum"),
          "summary", Set.of("_count", "_sum"),
          "counter", Set.of(""),
          "gauge", Set.of(""));

  static Stream<String> queries() throws IOException {
    List<String> queries = new ArrayList<>();
    for (JsonNode panel : ContractJson.mapper().readTree(DASHBOARD.toFile()).get("panels")) {
      panel.path("targets").forEach(target -> queries.add(target.get("expr").asText()));
    }
    Matcher rule = RULE.matcher(Files.readString(RULES));
    while (rule.find()) {
      queries.add(rule.group(1));
    }
    return queries.stream();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void everyQueryAsksForWhatIsDocumented(String query) throws IOException {
    Map<String, String> types =
        DocumentedMetrics.read().stream()
            .collect(Collectors.toMap(DocumentedMetrics.Row::name, DocumentedMetrics.Row::type));

    Set<String> names = names(query);

    assertThat(names.isEmpty() && !query.startsWith("up{")).as("asks for no metric").isFalse();
    for (String name : names) {
      Matcher part = PART.matcher(name);
      String ending = part.find() && !types.containsKey(name) ? part.group() : "";
      String metric = name.substring(0, name.length() - ending.length());
      assertThat(types).as(name).containsKey(metric);
      assertThat(PARTS.get(types.get(metric))).as(name).contains(ending);
    }
    assertThat(query.chars().filter(c -> c == '(').count())
        .isEqualTo(query.chars().filter(c -> c == ')').count());
  }

  @Test
  void theDashboardLeavesNoMetricOfOursOut() throws IOException {
    Set<String> shown = names(Files.readString(DASHBOARD));

    assertThat(DocumentedMetrics.read())
        .filteredOn(row -> row.type().equals("histogram"))
        .allSatisfy(row -> assertThat(shown).contains(row.name() + "_bucket"));
  }

  @Test
  void noTwoPanelsLieOnEachOther() throws IOException {
    Set<String> places = new LinkedHashSet<>();
    Set<Integer> ids = new LinkedHashSet<>();
    for (JsonNode panel : ContractJson.mapper().readTree(DASHBOARD.toFile()).get("panels")) {
      assertThat(ids.add(panel.get("id").asInt())).isTrue();
      JsonNode grid = panel.get("gridPos");
      for (int x = 0; x < grid.get("w").asInt(); x++) {
        for (int y = 0; y < grid.get("h").asInt(); y++) {
          int column = grid.get("x").asInt() + x;
          assertThat(column).isLessThan(24);
          assertThat(places.add(column + "," + (grid.get("y").asInt() + y))).isTrue();
        }
      }
    }
  }

  @Test
  void everyServiceIsScrapedOnItsManagementPort() throws IOException {
    String scrapes = Files.readString(SCRAPES);
    List<String> services =
        List.of("launch-service", "monitor-service", "checkpoint-service", "cost-service");
    for (String service : services) {
      String configuration =
          Files.readString(
              Path.of("..", service, "src", "main", "resources", "application.properties"));
      Matcher port =
          Pattern.compile("(?m)^quarkus[.]management[.]port=([0-9]+)$").matcher(configuration);
      assertThat(port.find()).isTrue();
      assertThat(scrapes)
          .contains("job_name: " + service)
          .contains("\"" + service + ":" + port.group(1) + "\"");
    }
  }

  private static Set<String> names(String text) {
    return METRIC.matcher(text).results().map(found -> found.group()).collect(Collectors.toSet());
  }
}
