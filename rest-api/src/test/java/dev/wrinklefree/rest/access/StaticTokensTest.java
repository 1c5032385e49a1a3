package dev.wrinklefree.rest.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticTokensTest {

  /** Of {@code abc}: FIPS 180-4, example. */
  private static final String HASH =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void shouldFindTheHolderByTheToken() {
    StaticTokens tokens = StaticTokens.of(Map.of("ci", token(HASH, Set.of(Roles.VIEWER), "anna")));

    assertThat(tokens.holderOf("abc"))
        .contains(new StaticTokens.Holder("anna", Set.of(Roles.VIEWER)));
    assertThat(tokens.holderOf("abd")).isEmpty();
    assertThat(tokens.holderOf(HASH)).isEmpty();
  }

  @Test
  void shouldReadAHashInCapitals() {
    var capitals = token(HASH.toUpperCase(java.util.Locale.ROOT), Set.of(Roles.ADMIN), null);

    assertThat(StaticTokens.of(Map.of("ci", capitals)).holderOf("abc"))
        .contains(new StaticTokens.Holder("ci", Set.of(Roles.ADMIN)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "zz7816bf", "ba7816bf8f01cfea414140de5dae2223"})
  void shouldRefuseWhatIsNoHash(String hash) {
    refused(Map.of("ci", token(hash, Set.of(Roles.VIEWER), null)))
        .withMessage("wf.access.tokens.ci.sha256 must be 64 hexadecimal digits");
  }

  @Test
  void shouldRefuseAnUnknownRoleAndNone() {
    refused(Map.of("ci", token(HASH, Set.of(Roles.VIEWER, "root"), null)))
        .withMessage("wf.access.tokens.ci.roles must be some of admin, launcher, viewer");
    refused(Map.of("ci", token(HASH, Set.of(), null)));
  }

  @Test
  void shouldRefuseOneTokenWithTwoNames() {
    refused(
            Map.of(
                "one", token(HASH, Set.of(Roles.VIEWER), null),
                "two", token(HASH, Set.of(Roles.ADMIN), null)))
        .withMessageContaining("is that of another token, too");
  }

  private static org.assertj.core.api.ThrowableAssertAlternative<?> refused(
      Map<String, AccessConfig.Token> configured) {
    return assertThatIllegalArgumentException().isThrownBy(() -> StaticTokens.of(configured));
  }

  private static AccessConfig.Token token(
      String sha256, Set<String> roles, @org.jspecify.annotations.Nullable String principal) {
    return new AccessConfig.Token() {
      @Override
      public String sha256() {
        return sha256;
      }

      @Override
      public Set<String> roles() {
        return roles;
      }

      @Override
      public Optional<String> principal() {
        return Optional.ofNullable(principal);
      }
    };
  }
}
