package dev.wrinklefree.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  /** The example that the libraries of Standard Webhooks test themselves with. */
  @Test
  void isThatOfStandardWebhooks() {
    assertThat(
            Signature.of(
                List.of(WebhookSecret.parse(SECRET)),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1614265330,
                "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void aGeneratedSecretIsReadAsItIsShownAndTellsNothingElse() {
    WebhookSecret secret = WebhookSecret.generate(new SecureRandom());

    assertThat(WebhookSecret.parse(secret.text()).bytes()).isEqualTo(secret.bytes()).hasSize(32);
    assertThat(secret).hasToString("whsec_…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "whsec_",
        "whsec_c2hvcnQ=",
        "whsec_%%%",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
      })
  void refusesWhatIsNoSecretWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> WebhookSecret.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be whsec_ and the Base64 of 24 to 64 bytes");
  }
}
