package dev.wrinklefree.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

  private static final Instant PACKAGED = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir private Path target = Path.of("");
  private ClassArchive archive = new ClassArchive(target);

  @BeforeEach
  void packageService() throws IOException {
    Path app = Files.createDirectory(target.resolve("quarkus-app"));
    Path jar = Files.createFile(app.resolve("quarkus-run.jar"));
    Files.setLastModifiedTime(jar, FileTime.from(PACKAGED));
    archive = new ClassArchive(jar);
  }

  @Test
  void shouldBeUsedWhenWrittenAfterThePackaging() throws IOException {
    writtenAt(PACKAGED.plusSeconds(1));

    assertThat(archive.isFresh()).isTrue();
    assertThat(ServiceProcess.javaCommand(archive.jar()))
        .contains("-XX:SharedArchiveFile=" + target.resolve("classes.jsa"));
  }

  @Test
  void shouldNotBeUsedWhenOfAnEarlierBuildOrNotThere() throws IOException {
    assertThat(archive.isFresh()).isFalse();

    writtenAt(PACKAGED.minusSeconds(1));

    assertThat(archive.isFresh()).isFalse();
    assertThat(ServiceProcess.javaCommand(archive.jar()))
        .noneMatch(option -> option.contains("SharedArchiveFile"));
  }

  private void writtenAt(Instant time) throws IOException {
    Files.setLastModifiedTime(Files.createFile(archive.file()), FileTime.from(time));
  }
}
