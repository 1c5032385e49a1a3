package dev.wrinklefree.checkpoint.listing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrinklefree.contract.event.CheckpointWritten.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingPageTest {

  @Test
  void readsTheFieldsInWhateverOrderAndLeavesOthersOut() throws IOException {
    ListingPage page =
        read(
            """
            {"kind":"storage#objects","items":[
              {"metadata":{"name":"not this","list":[{"size":"7"}]},"size":"5","name":"päth/a\\"b",
               "timeCreated":"2026-01-02T03:04:05.678Z","generation":"1767323045678901",
               "crc32c":"4waSgw==","storageClass":"STANDARD","retention":null}],
             "prefixes":["x/"],"nextPageToken":"next"}
            """);

    assertThat(page.objects())
        .containsExactly(
            new StoredObject(
                "päth/a\"b",
                1_767_323_045_678_901L,
                5,
                "4waSgw==",
                Instant.parse("2026-01-02T03:04:05.678Z")));
    assertThat(page.nextToken()).isEqualTo("next");
    assertThat(page.zonal()).isFalse();
  }

  @Test
  void anEmptyPrefixHasNeitherItemsNorAToken() throws IOException {
    ListingPage page = read("{\"kind\":\"storage#objects\"}");

    assertThat(page.objects()).isEmpty();
    assertThat(page.nextToken()).isNull();
  }

  @Test
  void oneObjectInAZonalBucketIsEnough() throws IOException {
    String standard = item("\"storageClass\":\"STANDARD\"");

    assertThat(read("{\"items\":[%s,%s]}".formatted(standard, standard)).zonal()).isFalse();
    assertThat(
            read("{\"items\":[%s,%s]}".formatted(item("\"storageClass\":\"RAPID\""), standard))
                .zonal())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "\"page\"",
        "{\"items\":{}}",
        "{\"items\":[1]}",
        "{\"items\":[{}]}",
        "{\"items\":[{\"name\":\"a\",\"generation\":\"x\",\"size\":\"1\",\"crc32c\":\"c\",\"timeCreated\":\"2026-01-02T03:04:05.678Z\"}]}",
        "{\"items\":[{\"name\":\"a\",\"generation\":\"1\",\"size\":\"1\",\"crc32c\":\"c\",\"timeCreated\":\"now\"}]}"
      })
  void refusesJsonThatIsNoPage(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(MalformedPageException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"items\":[", "{\"items\":[]", "{\"items\"", "<html></html>"})
  void refusesWhatEndsTooEarlyOrIsNoJson(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfAny(IOException.class, MalformedPageException.class);
  }

  private static String item(String more) {
    return ("{\"name\":\"a\",\"generation\":\"1\",\"size\":\"1\",\"crc32c\":\"c\","
            + "\"timeCreated\":\"2026-01-02T03:04:05.678Z\",%s}")
        .formatted(more);
  }

  private static ListingPage read(String json) throws IOException {
    return ListingPage.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
  }
}
