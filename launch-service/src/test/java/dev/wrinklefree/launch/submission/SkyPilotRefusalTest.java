package dev.wrinklefree.launch.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.skypilot.failure.Refusal;
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
}
