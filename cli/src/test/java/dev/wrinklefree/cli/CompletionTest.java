package dev.wrinklefree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script of {@code wf completion}, in a real bash. */
class CompletionTest extends ScriptedPlatformTest {

  @TempDir private Path directory = Path.of("set by JUnit");

  @BeforeEach
  void script() throws IOException {
    assertThat(wf("completion", "bash")).isEqualTo(ExitCode.OK);
    Files.writeString(directory.resolve("script"), out.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "'wf wa',              wandb-status",
    "'wf che',             check checkpoints",
    "'wf runs --st',       --state",
    "'wf train --res',     --resume",
    "'wf dead-letters re', replay",
    "'wf show --output ',  table json",
  })
  void bashCompletesCommandsAndFlags(String typed, String offered) throws Exception {
    assertThat(completions(typed).split("\\s+")).containsExactlyInAnyOrder(offered.split(" "));
  }

  @Test
  void formerCommandsAreNotOffered() throws Exception {
    assertThat(completions("wf se")).isEmpty();
  }

  /** Asks bash itself for the function that completes wf, and calls it as readline would. */
  private String completions(String typed) throws IOException, InterruptedException {
    Process bash =
        new ProcessBuilder(
                "bash",
                "--norc",
                "-c",
                """
                source ./script
                compopt() { :; }  # only readline has one
                line=$1
                COMP_LINE=$line COMP_POINT=${#line}
                read -r -a COMP_WORDS <<< "$line"
                [[ $line == *' ' ]] && COMP_WORDS+=("")
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                function=$(complete -p wf | sed 's/.*-F \\([^ ]*\\).*/\\1/')
                "$function" wf "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
                echo "${COMPREPLY[*]}"
                """,
                "bash",
                typed)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(printed).isZero();
    return printed.strip();
  }
}
