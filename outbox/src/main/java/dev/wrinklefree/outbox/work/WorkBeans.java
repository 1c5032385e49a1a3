package dev.wrinklefree.outbox.work;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.JacksonSerializer;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import dev.wrinklefree.contract.cloudevents.ContractJson;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** The client by which a service schedules work. */
@Singleton
class WorkBeans {

  /**
   * Schedules in the caller's JTA transaction: the work exists if that commits. Needs no task
   * beans, so that a task's own collaborators may use it.
   */
  @Produces
  @Singleton
  SchedulerClient schedulerClient(DataSource dataSource) {
    return SchedulerClient.Builder.create(dataSource)
        .serializer(serializer())
        .jdbcCustomization(customization())
        .build();
  }

  /** Task data as JSON, which people can read and which survives a changed class. */
  static Serializer serializer() {
    return new JacksonSerializer(ContractJson.mapper());
  }

  /** Given, since to find it out db-scheduler would ask the database at construction. */
  static PostgreSqlJdbcCustomization customization() {
    return new PostgreSqlJdbcCustomization(false, false);
  }
}
