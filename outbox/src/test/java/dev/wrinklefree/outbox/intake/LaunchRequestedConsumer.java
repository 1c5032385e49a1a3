package dev.wrinklefree.outbox.intake;

import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** A consumer of batches as the services have them. */
@ApplicationScoped
class LaunchRequestedConsumer {

  private final EventIntake intake;
  private final HandledTogetherRepository handled;

  LaunchRequestedConsumer(EventIntake intake, HandledTogetherRepository handled) {
    this.intake = intake;
    this.handled = handled;
  }

  @Incoming("launch-requested-in")
  @Blocking
  CompletionStage<Void> on(KafkaRecordBatch<String, byte[]> batch) {
    return RecordBatch.handle(batch, records -> intake.consumeAll(records, handled));
  }
}
