package dev.wrinklefree.checkpoint.database;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Makes the database a bean. */
@Singleton
class DatabaseBeans {

  @Produces
  @Singleton
  Database database(DataSource dataSource) {
    return new Database(dataSource);
  }
}
