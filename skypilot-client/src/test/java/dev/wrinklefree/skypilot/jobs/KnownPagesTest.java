package dev.wrinklefree.skypilot.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wrinklefree.skypilot.http.Json;
import dev.wrinklefree.skypilot.http.JsonSlice;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownPagesTest {

  private static final QueueQuery FIRST = QueueQuery.unfinished(1, 200);
  private static final QueueQuery SECOND = QueueQuery.unfinished(2, 200);

  private final KnownPages pages = new KnownPages();
  private int parsed;

  @Test
  void aPageThatComesAgainIsNotParsedAgain() {
    assertThat(statuses(FIRST, "RUNNING")).containsExactly("RUNNING");
    assertThat(statuses(FIRST, "RUNNING")).containsExactly("RUNNING");
    assertThat(parsed).isEqualTo(1);
  }

  @Test
  void aPageThatChangedIsParsed() {
    statuses(FIRST, "RUNNING");

    assertThat(statuses(FIRST, "RECOVERING")).containsExactly("RECOVERING");
    assertThat(statuses(FIRST, "RUNNING")).containsExactly("RUNNING");
    assertThat(parsed).isEqualTo(3);
  }

  @Test
  void theSameTextToAnotherQuestionIsAnotherPage() {
    statuses(FIRST, "RUNNING");
    statuses(SECOND, "RUNNING");

    assertThat(parsed).isEqualTo(2);
  }

  @Test
  void aLookAtCertainJobsIsNotRemembered() {
    QueueQuery jobs = QueueQuery.ofJobs(List.of(1L));
    statuses(jobs, "RUNNING");
    statuses(jobs, "RUNNING");

    assertThat(parsed).isEqualTo(2);
  }

  @Test
  void whatIsNoPageIsNoneTheNextTimeToo() {
    assertThat(pages.read(FIRST, JsonSlice.of("\"7\""), this::decode)).isEmpty();
    assertThat(pages.read(FIRST, JsonSlice.of("\"7\""), this::decode)).isEmpty();
  }

  @Test
  void onlyTheLastPagesAreRemembered() {
    for (int number = 1; number <= 100; number++) {
      statuses(QueueQuery.unfinished(number, 200), "RUNNING");
    }
    parsed = 0;
    statuses(QueueQuery.unfinished(100, 200), "RUNNING");
    assertThat(parsed).isZero();
    statuses(FIRST, "RUNNING");
    assertThat(parsed).isEqualTo(1);
  }

  private List<String> statuses(QueueQuery query, String status) {
    String page = "{\"jobs\":[{\"job_id\":1,\"status\":\"%s\"}]}".formatted(status);
    JsonSlice answer = JsonSlice.of(new TextNode(page).toString());
    return pages.read(query, answer, this::decode).orElseThrow().jobs().stream()
        .map(job -> job.status().name())
        .toList();
  }

  private JsonNode decode(JsonSlice answer) {
    parsed++;
    return Json.parse(answer.value().orElseThrow().textValue()).orElseThrow();
  }
}
