package dev.wrinklefree.launch.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrinklefree.launch.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that look like templates and are something else. */
class HostileTemplateTest {

  private final Path top;
  private final Path directory;
  private final TemplateLibrary library;

  HostileTemplateTest(@TempDir Path top) throws IOException {
    this.top = top;
    directory = Files.createDirectory(top.resolve("templates"));
    library = Samples.library(Samples.templates(directory));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "run: &a echo\\nsetup: *a|anchors or aliases",
        "a: &a {x: 1}\\nrun: x\\nenvs: {<<: *a}|anchors or aliases",
        "run: x\\nenvs: {<<: {A: b}}|merge keys",
        "run: !!python/object/apply:os.system [id]|tags",
        "run: !!str x|tags",
        "run: ! x|tags",
        "run: !!binary aGk=|tags",
        "run: x\\n---\\nrun: y|more than one document",
        "run: x\\nrun: y|not YAML",
        "run: x\\nresources: {labels: [a]}|resources.labels is not a mapping",
        "run: x\\n_metadata: y|_metadata is not a mapping",
        "run: x\\nfile_mounts: {/a: {source: ~/b}}|file_mounts has the local file /a",
        "{{{|not YAML",
        "``|not a mapping"
      })
  void isToldWithItsReason(String yaml, String reason) throws IOException {
    Files.writeString(directory.resolve("bad.yaml"), yaml.replace("\\n", "\n"));

    assertThat(unusable("bad")).contains(reason);
  }

  @Test
  void aBillionLaughsAreNotReadAtAll() throws IOException {
    StringBuilder laughs = new StringBuilder("a0: &a0 [lol, lol]\n");
    for (int i = 1; i < 30; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    Files.writeString(directory.resolve("bad.yaml"), laughs + "run: x\n");
    long start = System.nanoTime();

    assertThat(unusable("bad")).contains("anchors or aliases");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void depthAndSizeAreLimited() throws IOException {
    Files.writeString(directory.resolve("deep.yaml"), "run: x\na: " + "[".repeat(50_000));
    Files.writeString(directory.resolve("large.yaml"), "run: x\n" + "#".repeat(300_000));

    assertThat(unusable("deep")).contains("more than 50 deep");
    assertThat(unusable("large")).contains("more than 262144 bytes");
  }

  @Test
  void otherBytesThanUtf8AreToldAsSuch() throws IOException {
    Files.write(directory.resolve("bad.yaml"), "run: é".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(unusable("bad")).contains("UTF-8");
  }

  @Test
  void aLinkOutOfTheDirectoryIsNotFollowed() throws IOException {
    Path outside = Files.writeString(top.resolve("outside.yaml"), "run: cat the secrets\n");
    Files.createSymbolicLink(directory.resolve("direct.yaml"), outside);
    Files.createSymbolicLink(directory.resolve("dotted.yaml"), Path.of("../outside.yaml"));
    Files.createSymbolicLink(directory.resolve("around.yaml"), Path.of("around.yaml"));

    assertThat(unusable("direct")).contains("leaves the directory");
    assertThat(unusable("dotted")).contains("leaves the directory");
    assertThat(library.find("around")).isInstanceOf(TemplateSearch.Missing.class);
  }

  @Test
  void aLinkWithinTheDirectoryIsHowKubernetesMountsFiles() throws IOException {
    Path data = Files.createDirectory(directory.resolve("..2026_11_23"));
    Files.writeString(data.resolve("mounted.yaml"), "run: echo\n");
    Files.createSymbolicLink(directory.resolve("..data"), data.getFileName());
    Files.createSymbolicLink(directory.resolve("mounted.yaml"), Path.of("..data/mounted.yaml"));

    assertThat(library.find("mounted")).isInstanceOf(TemplateSearch.Found.class);
  }

  @Test
  void aDirectoryThatIsALinkItselfIsTheDirectory() throws IOException {
    Path link = Files.createSymbolicLink(top.resolve("link"), directory);

    assertThat(Samples.library(link).find("fairy2_train")).isInstanceOf(TemplateSearch.Found.class);
  }

  private String unusable(String name) {
    TemplateSearch search = library.find(name);
    assertThat(search).isInstanceOf(TemplateSearch.Unusable.class);
    return ((TemplateSearch.Unusable) search).reason();
  }
}
