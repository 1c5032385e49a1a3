package dev.wrinklefree.launch.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.cloudevents.ForeignJson;
import dev.wrinklefree.contract.cloudevents.MalformedJsonException;
import dev.wrinklefree.contract.event.LaunchRejected;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.contract.value.Violation;
import dev.wrinklefree.launch.Samples;
import dev.wrinklefree.launch.intake.Answer;
import dev.wrinklefree.launch.intake.AnswerDecider;
import dev.wrinklefree.launch.intake.LaunchAttempt;
import dev.wrinklefree.launch.plan.LaunchPlan;
import dev.wrinklefree.launch.plan.LaunchPlanner;
import dev.wrinklefree.launch.resume.NoCheckpoints;
import dev.wrinklefree.launch.resume.ResumeResolver;
import dev.wrinklefree.launch.run.RequestOrigin;
import dev.wrinklefree.launch.validation.LaunchRequestValidator;
import dev.wrinklefree.testkit.fuzz.FuzzCampaign;
import dev.wrinklefree.testkit.fuzz.HostileTexts;
import dev.wrinklefree.testkit.fuzz.JsonMutator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Whatever can be read is decided, and what is accepted becomes exactly the task that was asked.
 */
class ValidatorFuzzTest {

  private static final RunId RUN = new RunId("fuzzed");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final EventCodec codec = new EventCodec();
  private final AnswerDecider decider;

  ValidatorFuzzTest(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("typed.yaml"),
        """
        run: echo
        _metadata:
          wrinklefree:
            model: none
            parameters: {free: {type: string}, folder: {type: string, default: v1}}
            checkpoints: {prefix: "typed/{folder}/{runId}/"}
            resume: {env: START_FROM}
        """);
    decider =
        new AnswerDecider(
            new LaunchRequestValidator(
                Samples.catalog(), Samples.library(Samples.templates(directory))),
            new LaunchPlanner(Samples.homes()),
            new ResumeResolver(new NoCheckpoints()));
  }

  @Test
  void anyRequestIsDecidedAndAnAcceptedOneIsRenderedAsGiven() {
    FuzzCampaign campaign = FuzzCampaign.of("validator", 2_000);

    campaign.run(
        (random, number) -> {
          ObjectNode request;
          try {
            request = ForeignJson.readObject(hostile(random));
          } catch (MalformedJsonException e) {
            return "malformed";
          }
          return decided(request);
        });

    campaign.report();
    assertThat(campaign.toString()).contains("accepted=", "rejected=", "malformed=");
  }

  /** Few mutations survive validation, so values that should are tried by themselves. */
  @Test
  void anyValuesThatAreTakenComeBackAsGiven() {
    FuzzCampaign campaign = FuzzCampaign.of("values", 1_000);

    campaign.run(
        (random, number) -> {
          ObjectNode request = Samples.smallest();
          request.putArray("overrides").add("a.b=" + HostileTexts.any(random));
          request
              .putObject("environment")
              .put("NOTE", HostileTexts.any(random) + "\n" + HostileTexts.any(random))
              .put("OTHER", HostileTexts.any(random));
          request.put("owner", "x" + HostileTexts.any(random));
          return decided(request);
        });

    campaign.report();
    assertThat(campaign.toString()).contains("accepted=", "rejected=");
  }

  @Test
  void anyParameterThatIsTakenComesBackAsGiven() {
    FuzzCampaign campaign = FuzzCampaign.of("parameters", 1_000);

    campaign.run(
        (random, number) -> {
          ObjectNode request =
              Samples.json("{\"template\":\"typed\",\"resume\":\"gs://bucket/o\"}");
          String given = HostileTexts.any(random);
          request.putObject("parameters").put("free", given).put("folder", folder(random));
          switch (decide(request)) {
            case Answer.Accept accept -> {
              JsonNode task = YAML.readTree(accept.plan().taskYaml());
              assertThat(task.path("envs").path("FREE").textValue()).isEqualTo(given);
              assertThat(accept.plan().accepted().checkpointPrefix())
                  .matches("typed/[A-Za-z0-9_][A-Za-z0-9._-]*/fuzzed/");
              assertThat(accept.plan().accepted().resumedFrom()).isEqualTo("gs://bucket/o");
              return "accepted";
            }
            case Answer.Reject reject -> {
              assertThatTheAnswerIsFitToBeSeen(reject.violations());
              return "rejected";
            }
            case Answer.RejectConflict ignored -> throw new AssertionError("no run was known");
            case Answer.Repeat ignored -> throw new AssertionError("no run was known");
          }
        });

    campaign.report();
    assertThat(campaign.toString()).contains("accepted=", "rejected=");
  }

  /** A part of an object's name, or what tries to be another one. */
  private static String folder(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> "../other";
      case 1 -> HostileTexts.any(random);
      default -> "v" + random.nextInt(100);
    };
  }

  @Test
  void anyTaskIsDecidedAndTakesNothingOfThePlatforms() {
    FuzzCampaign campaign = FuzzCampaign.of("tasks", 1_000);

    campaign.run(
        (random, number) -> {
          ObjectNode request = Samples.json("{}");
          request.put("task", task(random));
          switch (decide(request)) {
            case Answer.Accept accept -> {
              JsonNode task = YAML.readTree(accept.plan().taskYaml());
              assertThat(task.path("name").textValue()).isEqualTo(RUN.value());
              assertThat(task.path("_metadata").toString())
                  .isEqualTo("{\"wrinklefree_run_id\":\"fuzzed\"}");
              assertThat(task.path("api_server_access").booleanValue()).isFalse();
              assertThat(task.path("envs").path("GCS_PREFIX").textValue())
                  .isEqualTo("task/fuzzed/");
              return "accepted";
            }
            case Answer.Reject reject -> {
              assertThatTheAnswerIsFitToBeSeen(reject.violations());
              return "rejected";
            }
            case Answer.RejectConflict ignored -> throw new AssertionError("no run was known");
            case Answer.Repeat ignored -> throw new AssertionError("no run was known");
          }
        });

    campaign.report();
    assertThat(campaign.toString()).contains("accepted=", "rejected=");
  }

  /** A task with one text exchanged, or cut, or with one more line. */
  private static String task(SplittableRandom random) {
    String sound =
        "name: t\nresources: {any_of: [{infra: gcp}, {cloud: aws}]}\nenvs: {GCS_PREFIX: x, A: b}\n"
            + "_metadata: {wrinklefree_run_id: other}\napi_server_access: true\nrun: echo\n";
    return switch (random.nextInt(5)) {
      case 0 -> sound.substring(0, random.nextInt(sound.length()));
      case 1 -> sound.replace("echo", HostileTexts.any(random));
      case 2 -> sound + "setup: " + HostileTexts.any(random) + "\n";
      case 3 -> sound + HostileTexts.any(random) + ": x\n";
      default -> sound;
    };
  }

  private Answer decide(ObjectNode request) {
    RequestOrigin origin = new RequestOrigin("/fuzz", "e-1", "e-1", null, Instant.EPOCH);
    return decider.decide(LaunchAttempt.of(RUN, origin, request, false), null);
  }

  private String decided(ObjectNode request) throws IOException {
    switch (decide(request)) {
      case Answer.Accept accept -> {
        assertThatTheTaskIsTheGivenOne(accept.plan(), request);
        return "accepted";
      }
      case Answer.Reject reject -> {
        assertThatTheAnswerIsFitToBeSeen(reject.violations());
        return "rejected";
      }
      case Answer.RejectConflict ignored -> throw new AssertionError("no run was known");
      case Answer.Repeat ignored -> throw new AssertionError("no run was known");
    }
  }

  private static byte[] hostile(SplittableRandom random) {
    return JsonMutator.bytes(
        JsonMutator.mutated(RequestSeeds.full(), RequestSeeds.FIELDS, random), random);
  }

  private void assertThatTheTaskIsTheGivenOne(LaunchPlan plan, ObjectNode request)
      throws IOException {
    assertThat(codec.dataBytes(plan.accepted())).hasSizeLessThan(EventCodec.MAX_DATA_BYTES);
    JsonNode task = YAML.readTree(plan.taskYaml());
    // As SkyPilot's parser, of YAML 1.1, sees it.
    Map<String, Map<String, Object>> other =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(plan.taskYaml());
    request
        .path("environment")
        .properties()
        .forEach(
            env -> {
              String given = env.getValue().textValue();
              assertThat(task.path("envs").path(env.getKey()).textValue()).isEqualTo(given);
              assertThat(other.get("envs")).containsEntry(env.getKey(), given);
            });
    int index = 0;
    for (JsonNode override : request.path("overrides")) {
      String name = "OVERRIDE_" + index++;
      assertThat(task.path("envs").path(name).textValue()).isEqualTo(override.textValue());
      assertThat(other.get("envs")).containsEntry(name, override.textValue());
    }
    assertThat(task.path("envs").path("OVERRIDE_COUNT").textValue())
        .isEqualTo(Integer.toString(index));
    assertThat(task.path("run").textValue()).isEqualTo("set -eu\necho run\n");
    assertThat(task.path("setup").textValue()).isEqualTo("set -eu\necho setup\n");
    assertThat(task.path("name").textValue()).isEqualTo(RUN.value());
    assertThat(task.path("envs").path("GCS_PREFIX").textValue())
        .matches("fairy2/[a-z0-9_]+/fuzzed/");
    assertThat(other.keySet()).hasSize(task.size());
  }

  private void assertThatTheAnswerIsFitToBeSeen(List<Violation> violations) {
    assertThat(codec.dataBytes(new LaunchRejected(RUN, violations)))
        .hasSizeLessThan(EventCodec.MAX_DATA_BYTES);
    assertThat(violations)
        .isNotEmpty()
        .allSatisfy(
            v ->
                assertThat(v.field() + v.message())
                    .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\x{2028}]"));
  }
}
