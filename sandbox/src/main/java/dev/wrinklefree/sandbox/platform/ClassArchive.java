package dev.wrinklefree.sandbox.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A service's loaded classes in a file that its JVM maps instead of loading and verifying them
 * anew: more than a third of the time to ready. The JVM writes it when it ends, which takes it
 * seconds, so it is written by a run that does nothing else, once per build.
 *
 * @param jar the service's runnable jar
 */
public record ClassArchive(Path jar) {

  /** Where the archive is: beside the packaged service. */
  public Path file() {
    return jar.resolveSibling("../classes.jsa").toAbsolutePath().normalize();
  }

  /** Whether it was written after the service was packaged. */
  public boolean isFresh() {
    try {
      return Files.exists(file())
          && Files.getLastModifiedTime(file()).compareTo(Files.getLastModifiedTime(jar)) >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** JVM options that use it; none where there is no fresh one. */
  List<String> reading() {
    // Without a word where it does not fit, for example after a change of the JDK: it is a
    // shortcut.
    return isFresh() ? List.of("-XX:SharedArchiveFile=" + file(), "-Xlog:disable") : List.of();
  }

  /** JVM options that write it when the JVM ends. */
  List<String> writing() {
    return List.of("-XX:ArchiveClassesAtExit=" + file(), "-Xlog:disable");
  }
}
