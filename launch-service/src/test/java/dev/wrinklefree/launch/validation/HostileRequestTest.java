package dev.wrinklefree.launch.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.launch.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests made to smuggle something: secrets, paths, invisible characters, work without end. */
class HostileRequestTest {

  private static final String HEX = "0123456789abcdef";

  /** Made up here, in parts, so that no scanner takes this file for a leak. */
  private static final List<String> SECRETS =
      List.of(
          "AKIA" + "IOSFODNN7EXAMPLE",
          "hf" + "_abcdefghijklmnopqrstuvwxyzABCDEFGH",
          "sk" + "-proj-abcdefghijklmnopqrstuvwx",
          "ghp" + "_abcdefghijklmnopqrstuvwxyz0123456789",
          "github" + "_pat_11ABCDEFG0abcdefghijklmno",
          "glpat" + "-abcdefghijklmnopqrst",
          "xoxb" + "-123456789012-abcdefghij",
          "AIza" + "SyA-abcdefghijklmnopqrstuvwxyz012345",
          "wandb" + "_v1_abcdefghijklmnopqrstuvwxyz",
          "ya29" + ".a0AfH6SMBabcdefghijklmnop",
          "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
          "{\"type\":\"service_account\",\"" + "private_key\":\"x\"}",
          "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc",
          "Bearer " + HEX + HEX,
          "https://dana:" + "geheim@example.org/x",
          "AccountKey=" + HEX + HEX + "==");

  private final LaunchRequestValidator validator;

  HostileRequestTest(@TempDir Path directory) {
    validator =
        new LaunchRequestValidator(
            Samples.catalog(), Samples.library(Samples.templates(directory)));
  }

  @Test
  void aSecretInAnyFieldIsRefusedAndNeverRepeated() {
    for (String secret : SECRETS) {
      ObjectNode json = Samples.smallest();
      json.putArray("overrides").add("a.b=" + secret);
      json.putObject("environment").put("PLAIN", secret).put(secret, "x");
      json.putObject("labels").put("team", secret).put(secret, "x");
      json.putArray("secrets").add(secret);
      json.putArray("clouds").addObject().put("cloud", secret).put("region", secret);
      json.putObject("budget")
          .put("action", secret)
          .putObject("limit")
          .put("amount", secret)
          .put("currency", secret);
      for (String field : List.of("template", "name", "mode", "scale", "owner", secret)) {
        json.put(field, secret);
      }

      List<Violation> violations = invalid(json);

      assertThat(violations.toString()).doesNotContain(secret);
      assertThat(violations)
          .filteredOn(v -> v.code().equals("secret-in-value"))
          .extracting(Violation::field)
          .containsExactlyInAnyOrder(
              "template",
              "name",
              "mode",
              "scale",
              "overrides[0]",
              "environment.PLAIN",
              "secrets[0]",
              "clouds[0].cloud",
              "clouds[0].region",
              "budget.limit.amount",
              "budget.limit.currency",
              "budget.action",
              "labels.team",
              "owner");
      assertThat(violations)
          .filteredOn(v -> v.code().equals("secret-in-value"))
          .allSatisfy(v -> assertThat(v.message()).contains("list its name under secrets"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_SECRET_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_SESSION_TOKEN",
        "HF_TOKEN",
        "WANDB_API_KEY",
        "hf_token",
        "MYTOKEN",
        "GITHUB_PAT",
        "DB_PASSWORD",
        "DB_PASSWORD_OLD",
        "PGPASSWORD",
        "SSH_PRIVATE_KEY_PEM",
        "CLIENT_SECRET",
        "OPENAI_APIKEY",
        "SERVICE_CREDENTIALS"
      })
  void aVariableThatIsASecretByItsNameIsRefusedWithoutItsValue(String name) {
    ObjectNode json = Samples.smallest();
    json.putObject("environment").put(name, "geheim-4711");

    assertThat(invalid(json))
        .singleElement()
        .satisfies(
            v -> {
              assertThat(v.field()).isEqualTo("environment." + name);
              assertThat(v.code()).isEqualTo("secret-in-environment");
              assertThat(v.message()).contains("under secrets").doesNotContain("geheim");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TOKENIZERS_PARALLELISM",
        "MAX_TOKENS",
        "PAD_TOKEN_ID",
        "KEYBOARD",
        "NCCL_DEBUG",
        "PATIENCE"
      })
  void aVariableThatOnlySoundsLikeASecretIsTaken(String name) {
    ObjectNode json = Samples.smallest();
    json.putObject("environment").put(name, "1");

    assertThat(validator.validate(json)).isInstanceOf(Verdict.Valid.class);
  }

  @ParameterizedTest
  @CsvSource({
    "+hub.api_key=geheim,secret-in-value",
    "data.hf_token=geheim,secret-in-value",
    "a.password=geheim,secret-in-value",
    "++login/secret_key=geheim,secret-in-value",
    "tokenizer.pad_token=<pad>,",
    "data.sort_key=length,",
    "model_commit=0123456789abcdef0123456789abcdef01234567,",
    "data.url=https://example.org/a:b@c,",
    "data.task=risk-aware-scheduling-of-things,"
  })
  void anOverrideThatIsASecretByItsKeyIsRefused(String override, String code) {
    ObjectNode json = Samples.smallest();
    json.putArray("overrides").add(override);

    switch (validator.validate(json)) {
      case Verdict.Valid valid -> assertThat(code).isNull();
      case Verdict.Invalid invalid ->
          assertThat(invalid.violations())
              .singleElement()
              .satisfies(
                  v -> {
                    assertThat(v.code()).isEqualTo(code);
                    assertThat(v.message()).doesNotContain("geheim");
                  });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dana\u202Egro.elpmaxe",
        "dana\u200B",
        "\u2066dana",
        "dana\u2028x",
        "\uFEFFdana",
        "da\u00ADna",
        "dana\r\nX-Admin: yes",
        "dana\u0000"
      })
  void textThatIsNotWhatItLooksLikeIsRefused(String text) {
    ObjectNode json = Samples.smallest();
    json.put("owner", text);
    json.putArray("overrides").add("a=" + text);

    assertThat(invalid(json))
        .extracting(v -> v.field() + " " + v.code())
        .containsExactly("overrides[0] bad-character", "owner bad-character");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nіghtly",
        "ｎightly",
        "night\u200Bly",
        "a\r\nb",
        "a/../b",
        "a%2e%2e",
        "a b",
        "..",
        "$(id)"
      })
  void aNameIsPlainAscii(String name) {
    ObjectNode json = Samples.smallest();
    json.put("name", name);
    json.put("model", name);
    json.putObject("labels").put("team", name);

    assertThat(invalid(json))
        .extracting(Violation::code)
        .containsExactly("bad-format", "unknown-model", "bad-label");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../fairy2_train",
        "..%2ffairy2_train",
        "%2e%2e/fairy2_train",
        "/etc/passwd",
        "fairy2_train\u0000.yaml",
        "gs://bucket/x",
        "fairy2_train/",
        "\\\\host\\share",
        "~/x"
      })
  void aTemplateIsNamedNotReached(String name) {
    ObjectNode json = Samples.smallest();
    json.put("template", name);

    assertThat(invalid(json))
        .extracting(v -> v.field() + " " + v.code())
        .containsExactly("template unknown-template");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gcs.prefix=../../other",
        "+gcs.prefix=gs://other/x",
        "gcs/bucket=other",
        "training@gcs=other",
        "training.output_dir=/etc",
        "training=other",
        "~gcs.prefix"
      })
  void whereCheckpointsGoIsNotForOverrides(String override) {
    ObjectNode json = Samples.smallest();
    json.putArray("overrides").add(override);

    assertThat(invalid(json)).extracting(Violation::code).containsExactly("reserved-override");
  }

  @Test
  void noTextOfTheLargestRequestTakesLong() {
    List<String> slow =
        List.of(
            "a".repeat(250_000),
            "eyJ-".repeat(60_000),
            "-----BEGIN ".repeat(20_000),
            "a://b:".repeat(40_000),
            "sk-".repeat(80_000),
            "xoxb-".repeat(50_000));
    for (String text : slow) {
      ObjectNode json = Samples.smallest();
      json.putObject("environment").put("A", text);
      json.putArray("overrides").add(text);
      json.put("template", text);
      long start = System.nanoTime();
      invalid(json);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void thousandsOfUnknownFieldsTakeNoTimeForAdvice() {
    ObjectNode json = Samples.smallest();
    for (int i = 0; i < 25_000; i++) {
      json.put("f" + i, 0);
    }
    long start = System.nanoTime();

    assertThat(invalid(json)).hasSize(101);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  private List<Violation> invalid(ObjectNode json) {
    Verdict verdict = validator.validate(json);
    assertThat(verdict).isInstanceOf(Verdict.Invalid.class);
    return ((Verdict.Invalid) verdict).violations();
  }
}
