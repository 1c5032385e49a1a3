package dev.wrinklefree.outbox.retry;

import static dev.wrinklefree.outbox.retry.FailureKind.PERMANENT;
import static dev.wrinklefree.outbox.retry.FailureKind.TRANSIENT;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureKindTest {

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "40001", "40P01", "53300", "55000", "25P02"})
  void theDatabasesOwnTroubleIsTransient(String state) {
    assertThat(FailureKind.of(new RuntimeException(new SQLException("x", state))))
        .isEqualTo(TRANSIENT);
  }

  @Test
  void aPoolWithoutConnectionIsTransient() {
    assertThat(FailureKind.of(new SQLException("acquisition timed out"))).isEqualTo(TRANSIENT);
  }

  @Test
  void aTransactionThatCouldNotCommitIsTransient() {
    assertThat(FailureKind.of(new RuntimeException(new RollbackException("x"))))
        .isEqualTo(TRANSIENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"22001", "22P05", "23505", "23502", "54000"})
  void dataThatTheSchemaRefusesIsPermanent(String state) {
    SQLException refused = new SQLException("x", state);
    assertThat(FailureKind.of(new RuntimeException(refused))).isEqualTo(PERMANENT);
    assertThat(FailureKind.of(new RuntimeException(rollbackFor(refused)))).isEqualTo(PERMANENT);
  }

  @Test
  void aMistakeInTheHandlerIsPermanent() {
    assertThat(FailureKind.of(new NullPointerException("x"))).isEqualTo(PERMANENT);
  }

  @Test
  void aCircleOfCausesComesToAnEnd() {
    RuntimeException one = new RuntimeException("one");
    RuntimeException two = new RuntimeException("two", one);
    one.initCause(two);
    assertThat(FailureKind.of(one)).isEqualTo(PERMANENT);
  }

  private static RollbackException rollbackFor(SQLException cause) {
    RollbackException rollback = new RollbackException("x");
    rollback.initCause(cause);
    return rollback;
  }
}
