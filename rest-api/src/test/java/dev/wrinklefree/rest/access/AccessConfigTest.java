package dev.wrinklefree.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessConfigTest {

  /** FIPS 180-4, example: of {@code abc}. */
  private static final String HASH =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void shouldReadTokensFromTheEnvironmentAlone() {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(
                new EnvConfigSource(
                    Map.of(
                        "WF_ACCESS_TOKENS_SANDBOX_SHA256",
                        HASH,
                        "WF_ACCESS_TOKENS_SANDBOX_ROLES",
                        "viewer,admin"),
                    300))
            .withMapping(AccessConfig.class)
            .build();

    StaticTokens tokens = StaticTokens.of(config.getConfigMapping(AccessConfig.class).tokens());

    assertThat(tokens.holderOf("abc"))
        .hasValueSatisfying(
            holder -> {
              assertThat(holder.principal()).isEqualTo("sandbox");
              assertThat(holder.roles()).containsExactlyInAnyOrder(Roles.VIEWER, Roles.ADMIN);
            });
  }
}
