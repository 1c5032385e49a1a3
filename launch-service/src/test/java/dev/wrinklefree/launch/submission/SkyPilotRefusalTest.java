package dev.wrinklefree.launch.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.skypilot.failure.Refusal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SkyPilotRefusalTest {

  @Test
  void aStackTraceBecomesOneShortSentence() {
    Refusal refusal =
        new Refusal.ServerError("ValueError", "bad\n\u001b[31mtask\n" + "x".repeat(5000));

    assertThat(SkyPilotRefusal.code(refusal)).isEqualTo("skypilot-refused");
    assertThat(SkyPilotRefusal.message(refusal))
        .startsWith("SkyPilot answered ValueError: bad [31mtask xxx")
        .hasSize(1001)
        .endsWith("…");
  }

  @Test
  void missingCredentialsHaveACodeOfTheirOwn() {
    assertThat(SkyPilotRefusal.code(new Refusal.NeedsAuthentication("who are you?")))
        .isEqualTo("skypilot-needs-authentication");
  }

  @Test
  void aCharacterOfTwoHalvesIsNotCutInTwo() {
    String message = SkyPilotRefusal.message("x".repeat(999) + "🚀".repeat(5));

    assertThat(message).isEqualTo("x".repeat(999) + "…");
    assertThat(SkyPilotRefusal.message("x".repeat(998) + "🚀".repeat(5)))
        .isEqualTo("x".repeat(998) + "🚀…");
  }

  @Test
  void onlyWhatIsWrongWithTheRunKillsIt() {
    assertThat(
            Stream.of(
                new Refusal.NeedsAuthentication("expired"),
                new Refusal.Forbidden("viewer"),
                new Refusal.VersionMismatch("too old"),
                new Refusal.NotUnderstood("a login page"),
                new Refusal.Rejected(404, "Not Found"),
                new Refusal.ServerError("PermissionDeniedError", "no")))
        .allMatch(SkyPilotRefusal::isAboutUs);
    assertThat(
            Stream.of(
                new Refusal.InvalidRequest(List.of()),
                new Refusal.Rejected(413, "Too large"),
                new Refusal.ServerError("ValueError", "bad task")))
        .noneMatch(SkyPilotRefusal::isAboutUs);
  }
}
