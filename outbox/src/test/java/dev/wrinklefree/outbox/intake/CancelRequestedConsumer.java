package dev.wrinklefree.outbox.intake;

import dev.wrinklefree.contract.cloudevents.UnreadableEventException;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** A consumer as the services have them. */
@ApplicationScoped
class CancelRequestedConsumer {

  private final EventIntake intake;
  private final HandledRepository handled;

  CancelRequestedConsumer(EventIntake intake, HandledRepository handled) {
    this.intake = intake;
    this.handled = handled;
  }

  @Incoming("cancel-requested-in")
  @Blocking
  void on(ConsumerRecord<String, byte[]> record) throws UnreadableEventException {
    intake.consume(record, handled);
  }
}
