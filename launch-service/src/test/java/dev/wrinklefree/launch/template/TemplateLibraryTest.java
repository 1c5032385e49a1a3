package dev.wrinklefree.launch.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrinklefree.launch.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateLibraryTest {

  private final Path directory;
  private final TemplateLibrary library;

  TemplateLibraryTest(@TempDir Path directory) {
    this.directory = directory;
    library = Samples.library(Samples.templates(directory));
  }

  @Test
  void findsATemplateByItsName() {
    assertThat(library.find("fairy2_train"))
        .isInstanceOfSatisfying(
            TemplateSearch.Found.class,
            found -> {
              assertThat(found.template().friendlyName()).isEqualTo("wf-fairy2-train");
              assertThat(found.template().spot()).isFalse();
            });
  }

  @Test
  void aChangedFileNeedsNoRestart() throws IOException {
    assertThat(library.find("new")).isInstanceOf(TemplateSearch.Missing.class);

    Files.writeString(directory.resolve("new.yaml"), "run: echo\nresources: {use_spot: true}\n");

    assertThat(library.find("new"))
        .isInstanceOfSatisfying(
            TemplateSearch.Found.class,
            found -> {
              assertThat(found.template().friendlyName()).isEqualTo("new");
              assertThat(found.template().spot()).isTrue();
            });
    assertThat(library.names()).containsExactly("fairy2_train", "new");
  }

  @Test
  void aFileOutsideTheDirectoryIsOutOfReach() throws IOException {
    Path inner = Files.createDirectory(directory.resolve("inner"));

    assertThat(Samples.library(inner).find("../fairy2_train"))
        .isInstanceOf(TemplateSearch.Missing.class);
  }

  @Test
  void aFileThatCannotBeReadJustNowIsNotTheRequestsFault() throws IOException {
    Path archive = directory.resolve("templates.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      zip.putNextEntry(new ZipEntry("fairy2_train.yaml"));
      zip.write(Samples.TEMPLATE.getBytes(StandardCharsets.UTF_8));
    }
    byte[] damaged = Files.readAllBytes(archive);
    int content = 30 + "fairy2_train.yaml".length();
    Arrays.fill(damaged, content, content + 50, (byte) 0xff);
    Files.write(archive, damaged);

    try (FileSystem zip = FileSystems.newFileSystem(archive)) {
      TemplateLibrary unreadable = Samples.library(zip.getPath("/"));
      assertThatThrownBy(() -> unreadable.find("fairy2_train"))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("the template fairy2_train cannot be read just now");
    }
  }

  @Test
  void aMissingDirectoryHasNoTemplates() {
    TemplateLibrary nowhere = Samples.library(directory.resolve("nowhere"));

    assertThat(nowhere.names()).isEmpty();
    assertThat(nowhere.find("fairy2_train")).isInstanceOf(TemplateSearch.Missing.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 2]|not a mapping",
        "run: 'x|not YAML",
        "name: x|no run script",
        "{run: x, envs: [A]}|envs is not a mapping",
        "{run: x, workdir: .}|no local files reach SkyPilot",
        "{run: x, file_mounts: {/a: ~/b}}|file_mounts has the local file /a"
      })
  void saysWhyAFileCannotBeUsed(String yaml, String reason) throws IOException {
    Files.writeString(directory.resolve("bad.yaml"), yaml);

    assertThat(library.find("bad"))
        .isInstanceOfSatisfying(
            TemplateSearch.Unusable.class, found -> assertThat(found.reason()).contains(reason));
  }
}
