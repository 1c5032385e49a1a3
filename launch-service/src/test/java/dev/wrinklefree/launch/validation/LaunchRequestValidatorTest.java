package dev.wrinklefree.launch.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrinklefree.contract.value.Accelerators;
import dev.wrinklefree.contract.value.Budget;
import dev.wrinklefree.contract.value.CloudCandidate;
import dev.wrinklefree.contract.value.Money;
import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.launch.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchRequestValidatorTest {

  private final Path directory;
  private final LaunchRequestValidator validator;

  LaunchRequestValidatorTest(@TempDir Path directory) {
    this.directory = directory;
    validator =
        new LaunchRequestValidator(
            Samples.catalog(), Samples.library(Samples.templates(directory)));
  }

  @Test
  void theSmallestRequestGetsAllDefaults() {
    ValidRequest request = valid(Samples.smallest());

    assertThat(request.template().name()).isEqualTo("fairy2_train");
    assertThat(request.name()).isEqualTo("wf-fairy2-train");
    assertThat(request.mode()).isEqualTo("w2");
    assertThat(request.scale()).isEqualTo("small");
    assertThat(request.accelerators()).isEqualTo(new Accelerators("H100", 1));
    assertThat(request.clouds())
        .extracting(CloudCandidate::cloud)
        .containsExactly("nebius", "gcp", "aws");
    assertThat(request.spot()).isFalse();
    assertThat(request.secrets()).isEmpty();
    assertThat(request.budget()).isNull();
    assertThat(request.owner()).isNull();
  }

  @Test
  void eachModelHasItsOwnDefaultScale() {
    assertThat(valid(Samples.json("{\"model\":\"qwen3_4b\"}")).accelerators())
        .isEqualTo(new Accelerators("H100", 4));
  }

  @Test
  void aFullRequestIsTakenAsItIs() {
    ValidRequest request =
        valid(
            Samples.json(
                """
                {"template":"fairy2_train","name":"nightly","model":"qwen3_4b","mode":"w1",
                 "scale":"dev","overrides":["training.max_steps=10","+a.b=c","~d","++e=","f=x y"],
                 "environment":{"TOKENIZERS_PARALLELISM":"false","NOTE":"two\\nlines"},
                 "secrets":["HF_TOKEN"],"clouds":[{"cloud":"aws","region":"us-east-1"}],
                 "spot":true,
                 "budget":{"limit":{"amount":"12.5","currency":"USD"},"action":"cancel"},
                 "labels":{"team":"quantization"},"owner":"dana@example.org"}
                """));

    assertThat(request.name()).isEqualTo("nightly");
    assertThat(request.mode()).isEqualTo("w1");
    assertThat(request.accelerators()).isEqualTo(new Accelerators("A10G", 1));
    assertThat(request.overrides())
        .containsExactly("training.max_steps=10", "+a.b=c", "~d", "++e=", "f=x y");
    assertThat(request.environment())
        .isEqualTo(Map.of("TOKENIZERS_PARALLELISM", "false", "NOTE", "two\nlines"));
    assertThat(request.secrets()).containsExactly("HF_TOKEN");
    assertThat(request.clouds()).containsExactly(new CloudCandidate("aws", "us-east-1"));
    assertThat(request.spot()).isTrue();
    assertThat(request.budget()).isEqualTo(new Budget(Money.usd("12.50"), Budget.Action.CANCEL));
    assertThat(request.labels()).isEqualTo(Map.of("team", "quantization"));
    assertThat(request.owner()).isEqualTo("dana@example.org");
  }

  @Test
  void nullMeansAbsent() {
    assertThat(
            valid(Samples.json("{\"model\":\"smollm2_135m\",\"scale\":null,\"overrides\":null}"))
                .scale())
        .isEqualTo("small");
  }

  @Test
  void everythingWrongIsToldAtOnceInTheOrderOfTheFields() {
    List<Violation> violations =
        invalid(
            Samples.json(
                """
                {"bugdet":{},"owner":7,"budget":{"limit":{"amount":"abc","currency":"EUR"}},
                 "scale":"huge","mode":"w3","model":"gpt-9","template":"../secret",
                 "overrides":["ok=1","no equals sign"],"environment":{"1X":"","HF_TOKEN":"x"},
                 "clouds":[{"cloud":"Nebius"},{"region":"x","zone":"y"}]}
                """));

    assertThat(violations)
        .extracting(v -> v.field() + " " + v.code())
        .containsExactly(
            "template unknown-template",
            "model unknown-model",
            "mode unknown-mode",
            "scale unknown-scale",
            "overrides[1] bad-override",
            "environment.1X bad-environment-name",
            "environment.HF_TOKEN secret-in-environment",
            "clouds[0].cloud unknown-cloud",
            "clouds[1].cloud required",
            "clouds[1].zone unknown-field",
            "budget.limit.amount bad-amount",
            "budget.limit.currency bad-currency",
            "budget.action required",
            "owner wrong-type",
            "bugdet unknown-field");
    assertThat(violations)
        .filteredOn(v -> "bugdet".equals(v.field()))
        .first()
        .extracting(Violation::message)
        .asString()
        .contains("did you mean \"budget\"?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|model|required",
        "{'model':7}|model|wrong-type",
        "{'model':['a']}|model|wrong-type",
        "{'overrides':'a=1'}|overrides|wrong-type",
        "{'overrides':[1]}|overrides[0]|wrong-type",
        "{'overrides':['gcs.prefix=mine']}|overrides[0]|reserved-override",
        "{'overrides':['+gcs.bucket=mine']}|overrides[0]|reserved-override",
        "{'overrides':['~gcs.enabled']}|overrides[0]|reserved-override",
        "{'overrides':['~gcs']}|overrides[0]|reserved-override",
        "{'overrides':['gcs={enabled: false}']}|overrides[0]|reserved-override",
        "{'overrides':['model=qwen3_4b']}|overrides[0]|reserved-override",
        "{'overrides':['a\\nb=1']}|overrides[0]|bad-character",
        "{'overrides':['a=\\u0000']}|overrides[0]|bad-character",
        "{'overrides':['a=\\ud800']}|overrides[0]|bad-character",
        "{'overrides':['--multirun']}|overrides[0]|bad-override",
        "{'overrides':['-cn=other']}|overrides[0]|bad-override",
        "{'overrides':['']}|overrides[0]|bad-length",
        "{'environment':[]}|environment|wrong-type",
        "{'environment':{'A':1}}|environment.A|wrong-type",
        "{'environment':{'A B':''}}|environment.A B|bad-environment-name",
        "{'environment':{'GCS_PREFIX':'x'}}|environment.GCS_PREFIX|reserved-environment-name",
        "{'environment':{'LD_PRELOAD':'x'}}|environment.LD_PRELOAD|reserved-environment-name",
        "{'environment':{'path':'x'}}|environment.path|reserved-environment-name",
        "{'environment':{'WANDB_PROJECT':'x'}}|environment.WANDB_PROJECT|reserved-environment-name",
        "{'environment':{'WANDB_API_KEY':'x'}}|environment.WANDB_API_KEY|secret-in-environment",
        "{'environment':{'DB_PASSWORD':'x'}}|environment.DB_PASSWORD|secret-in-environment",
        "{'environment':{'A':'\\u0007'}}|environment.A|bad-character",
        "{'secrets':['AWS_SECRET_ACCESS_KEY']}|secrets[0]|unknown-secret",
        "{'secrets':['HF_TOKEN','HF_TOKEN']}|secrets[1]|duplicate",
        "{'clouds':[{'cloud':'gcp'},{'cloud':'gcp'}]}|clouds[1].cloud|duplicate",
        "{'clouds':[{'cloud':'gcp','region':'a/b'}]}|clouds[0].region|bad-format",
        "{'spot':'yes'}|spot|wrong-type",
        "{'budget':5}|budget|wrong-type",
        "{'budget':{'action':'alert'}}|budget.limit|required",
        "{'budget':{'limit':{'amount':5,'currency':'USD'},'action':'alert'}}|budget.limit.amount|wrong-type",
        "{'budget':{'limit':{'amount':'0','currency':'USD'},'action':'alert'}}|budget.limit.amount|bad-amount",
        "{'budget':{'limit':{'amount':'-1','currency':'USD'},'action':'alert'}}|budget.limit.amount|bad-amount",
        "{'budget':{'limit':{'amount':'1e9','currency':'USD'},'action':'alert'}}|budget.limit.amount|bad-amount",
        "{'budget':{'limit':{'amount':'1','currency':'USD'},'action':'warn'}}|budget.action|unknown-action",
        "{'labels':{'Team':'a'}}|labels.Team|bad-label",
        "{'labels':{'team':'A B'}}|labels.team|bad-label",
        "{'labels':{'wrinklefree-run-id':'x'}}|labels.wrinklefree-run-id|bad-label",
        "{'name':'-x'}|name|bad-format",
        "{'template':''}|template|unknown-template",
        "{'owner':''}|owner|bad-length"
      })
  void oneThingWrongIsOneViolation(String request, String field, String code) {
    ObjectNode json = Samples.json(request.replace('\'', '"'));
    if (!field.equals("model")) {
      json.put("model", "smollm2_135m");
    }

    assertThat(invalid(json))
        .extracting(v -> v.field() + " " + v.code())
        .containsExactly(field + " " + code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=$(touch /tmp/x)",
        "a=`id`",
        "a='; rm -rf / #",
        "a=\"x\" && echo y | z > w",
        "data.list=[1,2,{x: y}]",
        "a=*",
        "a=ünïcode 🚀"
      })
  void shellCharactersInValuesAreLegal(String override) {
    ObjectNode json = Samples.smallest();
    json.putArray("overrides").add(override);

    assertThat(valid(json).overrides()).containsExactly(override);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../fairy2_train",
        "/etc/passwd",
        "a/b",
        ".hidden",
        "fairy2_train.yaml",
        "a\\b",
        "a\u0000b"
      })
  void aTemplateNameCannotLeaveTheDirectory(String name) {
    ObjectNode json = Samples.smallest();
    json.put("template", name);

    assertThat(invalid(json)).extracting(Violation::code).containsExactly("unknown-template");
  }

  @Test
  void anUnusableTemplateIsToldWithItsReason() throws IOException {
    Files.writeString(directory.resolve("local.yaml"), "workdir: ../trainer\nrun: echo\n");
    ObjectNode json = Samples.smallest();
    json.put("template", "local");

    assertThat(invalid(json))
        .singleElement()
        .satisfies(
            v -> {
              assertThat(v.code()).isEqualTo("unusable-template");
              assertThat(v.message()).contains("workdir must be a git {url, ref}");
            });
  }

  @Test
  void sizesAreLimited() {
    ObjectNode json = Samples.smallest();
    for (int i = 0; i < 201; i++) {
      json.withArray("/overrides").add("a=1");
    }
    for (int i = 0; i < 33; i++) {
      json.withObject("/labels").put("l" + i, "");
    }

    assertThat(invalid(json))
        .extracting(v -> v.field() + " " + v.code())
        .containsExactly("overrides too-many", "labels too-many");
  }

  @Test
  void thousandsOfMistakesMakeAShortAnswer() {
    ObjectNode json = Samples.smallest();
    for (int i = 0; i < 5000; i++) {
      json.put("unknown" + i, i);
    }

    List<Violation> violations = invalid(json);

    assertThat(violations).hasSize(101);
    assertThat(violations.getLast().message()).isEqualTo("4900 more violations are not listed");
  }

  private ValidRequest valid(ObjectNode json) {
    Verdict verdict = validator.validate(json);
    assertThat(verdict).isInstanceOf(Verdict.Valid.class);
    return ((Verdict.Valid) verdict).request();
  }

  private List<Violation> invalid(ObjectNode json) {
    Verdict verdict = validator.validate(json);
    assertThat(verdict).isInstanceOf(Verdict.Invalid.class);
    return ((Verdict.Invalid) verdict).violations();
  }
}
