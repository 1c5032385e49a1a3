package dev.wrinklefree.outbox.relay;

import dev.wrinklefree.outbox.retry.Backoff;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one thread of the relay does: wave after wave while there is work, else wait to be woken.
 */
final class RelayLoop implements Runnable {

  private static final Logger LOGGER = LoggerFactory.getLogger(RelayLoop.class);

  private final WavePublisher waves;
  private final BrokerPublisher broker;
  private final RelaySignal signal;
  private final Backoff backoff;
  private final Duration idleInterval;
  private final RelayMeters meters;
  private volatile boolean stopping;
  private int failures;

  RelayLoop(
      WavePublisher waves,
      BrokerPublisher broker,
      RelaySignal signal,
      Backoff backoff,
      Duration idleInterval,
      RelayMeters meters) {
    this.waves = waves;
    this.broker = broker;
    this.signal = signal;
    this.backoff = backoff;
    this.idleInterval = idleInterval;
    this.meters = meters;
  }

  @Override
  public void run() {
    try {
      while (!stopping) {
        long seen = signal.count();
        if (publishWave()) {
          signal.await(seen, idleInterval);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the loop after the wave that is under way. */
  void stop() {
    stopping = true;
    signal.wakeAll();
  }

  /**
   * @return whether there is nothing more to do now
   */
  private boolean publishWave() throws InterruptedException {
    long seen = signal.count();
    try {
      Wave wave = waves.publish();
      meters.add(wave);
      if (wave.failure().isPresent()) {
        brokerFailed(wave.failure().get(), seen);
      } else {
        failures = 0;
      }
      return wave.claimed() == 0;
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) { // whatever it is, a relay that ends would be missed by nobody
      failed("Outbox relay cannot read or delete its backlog", e, seen);
      return false;
    }
  }

  private void brokerFailed(Throwable failure, long seen) throws InterruptedException {
    if (isFinal(failure)) {
      broker.reset();
    }
    failed("Outbox relay cannot publish", failure, seen);
  }

  private void failed(String message, Throwable failure, long seen) throws InterruptedException {
    failures++;
    meters.failed(failure.toString());
    Duration wait = backoff.after(failures);
    LOGGER.warn("{}, next attempt within {}: {}", message, wait, failure.toString());
    // A new event is tried soon even in a long wait: what failed may be of another stream only.
    RelaySignal.pause(backoff.first());
    signal.await(seen, wait.minus(backoff.first()));
  }

  /**
   * Whether the producer itself is at its end: refused by the broker for who it is, or in its error
   * state, in which it refuses everything with a bare {@link KafkaException}. Whatever else fails,
   * the same producer must send again.
   */
  static boolean isFinal(Throwable failure) {
    return failure instanceof AuthenticationException
        || failure instanceof ClusterAuthorizationException
        || failure instanceof ProducerFencedException
        || failure instanceof UnsupportedVersionException
        || failure.getClass().equals(KafkaException.class);
  }
}
