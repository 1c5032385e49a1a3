package dev.wrinklefree.checkpoint.alert;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the plain parts of alerting beans. */
@Singleton
class AlertBeans {

  private static final Logger LOGGER = LoggerFactory.getLogger(AlertBeans.class);

  /** Makes them now, so that a contradiction in the configuration ends the start. */
  void check(@Observes StartupEvent start, AlertRules rules) {
    LOGGER.info("Checkpoints are late by {}", rules);
  }

  @Produces
  @Singleton
  AlertRules alertRules(AlertConfig config) {
    return new AlertRules(
        config.firstCheckpoint(),
        config.factor(),
        config.leastOverdue(),
        config.incompleteAfter(),
        config.finalGrace());
  }

  @Produces
  @Singleton
  AlertJudge alertJudge(AlertRules rules) {
    return new AlertJudge(rules);
  }
}
