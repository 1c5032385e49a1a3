package dev.wrinklefree.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expand first, contract a release later: a migration runs while the version before still does. */
class MigrationTest {

  private static final Path ROOT = Path.of("..");

  @TestFactory
  Stream<DynamicTest> noMigrationBreaksTheVersionBefore() throws IOException {
    List<Path> migrations = migrations();
    assertThat(migrations).hasSizeGreaterThan(5);
    return migrations.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    ROOT.relativize(file).toString(),
                    () -> assertThat(Migration.violations(Files.readString(file))).isEmpty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE run;",
        "ALTER TABLE run DROP COLUMN owner;",
        "ALTER TABLE run RENAME COLUMN owner TO principal;",
        "ALTER TABLE run RENAME TO runs;",
        "TRUNCATE run;",
        "ALTER TABLE run ALTER COLUMN attempt TYPE bigint;",
        "ALTER TABLE run ALTER COLUMN attempt SET DATA TYPE bigint;",
        "ALTER TABLE run ALTER COLUMN owner SET NOT NULL;",
        "ALTER TABLE run ADD COLUMN owner text NOT NULL;",
        "ALTER TABLE run\n  ADD COLUMN a text,\n  ADD COLUMN b text NOT NULL;",
        "ALTER TABLE run ADD CONSTRAINT one UNIQUE (owner);",
        "ALTER TABLE run ADD CHECK (owner <> '');",
        "-- contract: short\nDROP TABLE run;"
      })
  void refusesWhatTheVersionBeforeCannotBear(String sql) {
    assertThat(Migration.violations(sql)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE run (id text NOT NULL, CHECK (id <> ''), PRIMARY KEY (id));",
        "CREATE INDEX run_by_owner ON run (owner);",
        "ALTER TABLE run ADD COLUMN owner text;",
        "ALTER TABLE run ADD COLUMN owner text NOT NULL DEFAULT 'nobody';",
        "ALTER TABLE run ADD COLUMN owner text DEFAULT 'nobody' NOT NULL;",
        "ALTER TABLE run ALTER COLUMN owner DROP NOT NULL;",
        "ALTER TABLE run ALTER COLUMN owner DROP DEFAULT;",
        "ALTER TABLE run ADD COLUMN a text, ADD CHECK (a <> '');",
        "-- drop nothing\nCREATE INDEX i ON run (owner);",
        "-- contract: no version since 0.2.0 reads the table\nDROP TABLE run;"
      })
  void letsExpandAndSayWhyItMayContract(String sql) {
    assertThat(Migration.violations(sql)).isEmpty();
  }

  @Test
  void looksAtTheServicesAndAtTheLibrary() throws IOException {
    assertThat(migrations())
        .extracting(file -> ROOT.relativize(file).getName(0).toString())
        .contains(
            "outbox", "event-delivery", "launch-service", "monitor-service", "checkpoint-service");
  }

  private static List<Path> migrations() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("src/main/resources/db"))
          .filter(Files::isDirectory)
          .flatMap(MigrationTest::sqlFiles)
          .sorted()
          .toList();
    }
  }

  private static Stream<Path> sqlFiles(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".sql")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
