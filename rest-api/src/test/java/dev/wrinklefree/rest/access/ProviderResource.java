package dev.wrinklefree.rest.access;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Connect provider on a socket: discovery document and keys, and the tokens that it, or
 * somebody else, would sign.
 */
public final class ProviderResource implements QuarkusTestResourceLifecycleManager {

  static final String AUDIENCE = "wrinklefree-deployer";

  private static final String KEY_ID = "key-1";

  private final KeyPair keys = newKeys();
  private @Nullable HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server = http;
      serve(http, "/.well-known/openid-configuration", discovery());
      serve(http, "/keys", keySet());
      http.start();
      return Map.of("quarkus.oidc.auth-server-url", issuer());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(ProviderResource.class));
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  /** The provider's name in its tokens. */
  String issuer() {
    if (server == null) {
      throw new IllegalStateException("the provider is not started");
    }
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A token as it must be, for an hour. */
  JwtClaimsBuilder claims(String subject, Set<String> roles) {
    return Jwt.claims()
        .issuer(issuer())
        .audience(AUDIENCE)
        .subject(subject)
        .preferredUserName("somebody")
        .groups(roles)
        .issuedAt(Instant.now())
        .expiresIn(Duration.ofHours(1));
  }

  /** Signs with the provider's key. */
  String sign(JwtClaimsBuilder claims) {
    return claims.jws().keyId(KEY_ID).sign(keys.getPrivate());
  }

  /** Signs with a key that claims to be the provider's. */
  static String forge(JwtClaimsBuilder claims) {
    PrivateKey another = newKeys().getPrivate();
    return claims.jws().keyId(KEY_ID).sign(another);
  }

  /** The token's claims with the algorithm {@code none}. */
  static String withoutSignature(String signed) {
    String header = base64("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
    return header + "." + signed.split("\\.", -1)[1] + ".";
  }

  private String discovery() {
    return """
        {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
         "jwks_uri":"%1$s/keys","response_types_supported":["code"],"subject_types_supported":["public"],
         "id_token_signing_alg_values_supported":["RS256"]}
        """
        .formatted(issuer());
  }

  private String keySet() {
    RSAPublicKey key = (RSAPublicKey) keys.getPublic();
    return """
        {"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"%s","n":"%s","e":"%s"}]}
        """
        .formatted(KEY_ID, number(key.getModulus()), number(key.getPublicExponent()));
  }

  private static void serve(HttpServer http, String path, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    http.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  /** Big-endian without a sign byte, as RFC 7518 wants it. */
  private static String number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    return base64(bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }
}
