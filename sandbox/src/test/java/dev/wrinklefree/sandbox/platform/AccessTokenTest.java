package dev.wrinklefree.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the directory
class AccessTokenTest {

  @TempDir Path directory;

  @Test
  void shouldBeReadableByItsOwnerOnly() throws IOException {
    Path file = Files.writeString(directory.resolve("token"), "of a former run, open to all");

    AccessToken.create(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file).strip()).matches("wf_[A-Za-z0-9_-]{43}");
  }

  @Test
  void shouldBeAnotherOneEachTime() throws IOException {
    Path file = directory.resolve("token");
    AccessToken.create(file);
    String first = Files.readString(file);
    AccessToken.create(file);

    assertThat(Files.readString(file)).isNotEqualTo(first);
  }

  @Test
  void shouldTellTheServicesItsHashAlone() throws IOException, GeneralSecurityException {
    Path file = directory.resolve("token");
    Map<String, String> environment = AccessToken.create(file).environment();
    String token = Files.readString(file).strip();

    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
    assertThat(environment)
        .containsEntry("WF_ACCESS_TOKENS_SANDBOX_SHA256", HexFormat.of().formatHex(hash))
        .containsEntry("WF_ACCESS_TOKENS_SANDBOX_ROLES", "admin");
    assertThat(environment.toString()).doesNotContain(token);
  }
}
