package dev.wrinklefree.bench.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyntheticBucketTest {

  private static final String ALL = "fairy2/";
  private static final int EACH = 3 * SyntheticBucket.MEMBERS.size();

  private final SyntheticBucket bucket = new SyntheticBucket(4);

  SyntheticBucketTest() {
    for (int i = 0; i < 3; i++) {
      bucket.add(Instant.parse("2026-11-23T10:00:00Z").plusSeconds(i));
    }
  }

  @Test
  void aRunsListingHasItsOwnObjectsAlone() throws IOException {
    for (int run : new int[] {0, 3}) {
      assertThat(names(SyntheticBucket.prefix(run), 1_000))
          .hasSize(EACH)
          .allMatch(name -> name.startsWith(SyntheticBucket.prefix(run)));
    }
  }

  @Test
  void pagesOfAnySizeMakeTheSameListingInTheOrderOfNames() throws IOException {
    List<String> whole = names(ALL, 1_000);

    assertThat(whole).hasSize(4 * EACH).doesNotHaveDuplicates().isSorted();
    assertThat(names(ALL, 1)).isEqualTo(whole);
    assertThat(names(ALL, 7)).isEqualTo(whole);
    assertThat(names(ALL, 4 * EACH)).isEqualTo(whole);
  }

  @Test
  void anItemSaysWhatTheCheckpointsObjectSays() throws IOException {
    JsonNode item = read(SyntheticBucket.prefix(2), "", 1_000).at("/items/5");
    StoredObject object = bucket.checkpoint(2, 1).objects().getFirst();

    assertThat(item.get("name").textValue()).isEqualTo(object.name());
    assertThat(item.get("generation").textValue()).isEqualTo(Long.toString(object.generation()));
    assertThat(item.get("size").textValue()).isEqualTo(Long.toString(object.size()));
    assertThat(item.get("crc32c").textValue()).isEqualTo(object.crc32c());
    assertThat(Instant.parse(item.get("timeCreated").textValue())).isEqualTo(object.writtenAt());
  }

  @Test
  void aNewCheckpointIsInEveryRunAndComesLast() throws IOException {
    List<String> before = names(SyntheticBucket.prefix(1), 1_000);
    bucket.add(Instant.parse("2026-11-23T11:00:00Z"));
    List<String> after = names(SyntheticBucket.prefix(1), 1_000);

    assertThat(after.subList(0, before.size())).isEqualTo(before);
    assertThat(after.subList(before.size(), after.size()))
        .allMatch(name -> name.startsWith(SyntheticBucket.directory(1, 3)));
    assertThat(names(ALL, 1_000)).hasSize(4 * (EACH + SyntheticBucket.MEMBERS.size()));
  }

  @Test
  void whatIsNotThereIsAnEmptyListing() throws IOException {
    assertThat(names("fairy2/other/", 1_000)).isEmpty();
    assertThat(names(SyntheticBucket.prefix(4), 1_000)).isEmpty();
  }

  @Test
  void refusesATokenOfAnotherListingAndAPartOfTheRuns() {
    assertThatThrownBy(() -> bucket.page(SyntheticBucket.prefix(0), "40", 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bucket.page("fairy2/smollm2_135m/bench-0001", "", 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<String> names(String prefix, int limit) throws IOException {
    List<String> names = new ArrayList<>();
    String token = "";
    do {
      JsonNode page = read(prefix, token, limit);
      assertThat(page.path("items").size()).isLessThanOrEqualTo(limit);
      page.path("items").forEach(item -> names.add(item.get("name").textValue()));
      token = page.path("nextPageToken").asText();
    } while (!token.isEmpty());
    return names;
  }

  private JsonNode read(String prefix, String token, int limit) throws IOException {
    return new ObjectMapper().readTree(bucket.page(prefix, token, limit));
  }
}
