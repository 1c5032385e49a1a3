package dev.wrinklefree.launch.ownership;

import static dev.wrinklefree.launch.ownership.RestRequest.Kind.CANCEL;
import static dev.wrinklefree.launch.ownership.RestRequest.Kind.LAUNCH;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RestRequestTest {

  @Test
  void shouldGiveTheSameKeyOfTheSameCallerTheSameId() {
    assertThat(RestRequest.eventId(LAUNCH, "anna", "k-1"))
        .isEqualTo(RestRequest.eventId(LAUNCH, "anna", "k-1"))
        .matches("launch-[0-9a-f]{64}");
  }

  @Test
  void shouldKeepCallersKindsAndKeysApart() {
    assertThat(
            Set.of(
                RestRequest.eventId(LAUNCH, "anna", "k-1"),
                RestRequest.eventId(CANCEL, "anna", "k-1"),
                RestRequest.eventId(LAUNCH, "bert", "k-1"),
                RestRequest.eventId(LAUNCH, "anna", "k-2"),
                RestRequest.eventId(LAUNCH, "annak", "-1"),
                RestRequest.eventId(LAUNCH, "ann", "ak-1")))
        .hasSize(6);
  }
}
