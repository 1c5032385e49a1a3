package dev.wrinklefree.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import dev.wrinklefree.contract.cloudevents.Event;
import dev.wrinklefree.contract.cloudevents.EventCodec;
import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import dev.wrinklefree.contract.event.EventType;
import dev.wrinklefree.contract.value.RunId;
import dev.wrinklefree.testkit.Fixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Any record of any topic is read, or refused with a reason, and nothing else happens. */
class CodecFuzzTest {

  private static final RunId RUN = new RunId("fuzzed");

  private final EventCodec codec = new EventCodec();
  private final RecordMutator mutator = new RecordMutator();

  @Test
  void anyRecordIsReadOrRefusedWithAReason() {
    FuzzCampaign campaign = FuzzCampaign.of("codec", 5_000);

    campaign.run(
        (random, number) -> {
          ProducerRecord<String, byte[]> record = hostile(random);
          try {
            Event<?> event = codec.read(RecordMutator.consumed(record));
            assertThatItCanBeWrittenAgain(event);
            return "read";
          } catch (UnreadableEventException e) {
            assertThat(e.getMessage())
                .startsWith(e.code().word() + ": ")
                .hasSizeLessThan(450)
                .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}]");
            return e.code().word();
          }
        });

    campaign.report();
    assertThat(campaign.toString()).contains("read=", "bad-json=", "bad-attribute=", "bad-data=");
  }

  @Test
  void theSameSeedMakesTheSameCases() {
    FuzzCampaign campaign = FuzzCampaign.of("twice", 50);
    for (int number = 0; number < 50; number++) {
      assertThat(hostile(campaign.random(number)).value())
          .isEqualTo(hostile(campaign.random(number)).value());
    }
  }

  @Test
  void aCaseThatIsWrongIsToldWithHowToRepeatIt() {
    FuzzCampaign campaign = FuzzCampaign.of("planted", 10);

    assertThatThrownBy(
            () ->
                campaign.run(
                    (random, number) -> {
                      assertThat(number).isLessThan(3);
                      return "small";
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("-Dfuzz.case=3")
        .hasRootCauseInstanceOf(AssertionError.class);
  }

  private ProducerRecord<String, byte[]> hostile(SplittableRandom random) {
    EventType type = EventType.values()[random.nextInt(EventType.values().length)];
    Event<?> valid = Fixtures.event("/fuzz", "e-1", RUN, Fixtures.data(type, RUN));
    return mutator.mutated(valid, fields(valid), random);
  }

  private static List<String> fields(Event<?> valid) {
    List<String> names = new ArrayList<>();
    JsonNode data = ContractJson.mapper().valueToTree(valid.data());
    data.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** What was read is what a service could say itself, and reads the same again. */
  private void assertThatItCanBeWrittenAgain(Event<?> event) throws UnreadableEventException {
    Event<?> again = codec.read(RecordMutator.consumed(codec.write(event)));

    assertThat(again).isEqualTo(event);
  }
}
