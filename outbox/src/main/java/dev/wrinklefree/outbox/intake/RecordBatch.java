package dev.wrinklefree.outbox.intake;

import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Acknowledges what the connector hands over in one batch, and each record that is refused. */
public final class RecordBatch {

  private RecordBatch() {}

  /**
   * Has a batch handled. Its offsets are committed once all of it is, and all refused records are
   * dead letters; not at all if the process stops first, so that it is delivered again.
   *
   * @param handling handles its records, and returns those that it refuses
   */
  public static CompletionStage<Void> handle(
      KafkaRecordBatch<String, byte[]> batch,
      Function<List<ConsumerRecord<String, byte[]>>, List<RefusedRecord>> handling) {
    List<KafkaRecord<String, byte[]>> messages = batch.getRecords();
    List<ConsumerRecord<String, byte[]>> records =
        messages.stream().map(RecordBatch::recordOf).toList();
    List<RefusedRecord> refused;
    try {
      refused = handling.apply(records);
    } catch (IntakeStoppedException e) {
      return CompletableFuture.completedFuture(null);
    }
    List<CompletableFuture<Void>> deadLetters = new ArrayList<>();
    for (RefusedRecord bad : refused) {
      KafkaRecord<String, byte[]> message = messages.get(records.indexOf(bad.record()));
      deadLetters.add(message.nack(bad.reason()).toCompletableFuture());
    }
    return CompletableFuture.allOf(deadLetters.toArray(CompletableFuture[]::new))
        .thenCompose(ignored -> batch.ack());
  }

  @SuppressWarnings("unchecked") // the metadata is of the record that has it
  private static ConsumerRecord<String, byte[]> recordOf(KafkaRecord<String, byte[]> message) {
    return message
        .getMetadata(IncomingKafkaRecordMetadata.class)
        .map(IncomingKafkaRecordMetadata::getRecord)
        .orElseThrow(() -> new IllegalStateException("a consumed record has its metadata"));
  }
}
