package dev.wrinklefree.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretBoxTest {

  private static final String KEY = key(1);
  private static final String OTHER = key(2);

  private final SecureRandom random = new SecureRandom();
  private final WebhookSecret secret = WebhookSecret.generate(random);

  @Test
  void opensWhatItClosedAndNeverClosesTwiceAlike() {
    SecretBox box = SecretBox.of(List.of(KEY), random);
    byte[] closed = box.close(secret, "wh-1");

    assertThat(box.open(closed, "wh-1").text()).isEqualTo(secret.text());
    assertThat(box.close(secret, "wh-1")).isNotEqualTo(closed);
    assertThat(new String(closed, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(new String(secret.bytes(), java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  @Test
  void opensWithAFormerKey() {
    byte[] closed = SecretBox.of(List.of(KEY), random).close(secret, "wh-1");

    assertThat(SecretBox.of(List.of(OTHER, KEY), random).open(closed, "wh-1").text())
        .isEqualTo(secret.text());
    assertThatThrownBy(() -> SecretBox.of(List.of(OTHER), random).open(closed, "wh-1"))
        .hasMessageContaining("wf.webhooks.former-keys");
  }

  @Test
  void refusesWhatWasChangedOrMovedToAnotherWebhook() {
    SecretBox box = SecretBox.of(List.of(KEY), random);
    byte[] closed = box.close(secret, "wh-1");
    assertThatThrownBy(() -> box.open(closed, "wh-2")).isInstanceOf(IllegalStateException.class);
    closed[closed.length - 1] ^= 1;
    assertThatThrownBy(() -> box.open(closed, "wh-1")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void saysWhatAKeyIs() {
    assertThatThrownBy(() -> SecretBox.of(List.of("c2hvcnQ="), random))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("openssl rand -base64 32");
    assertThat(SecretBox.of(List.of(), random).hasKey()).isFalse();
  }

  private static String key(int fill) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) fill);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
