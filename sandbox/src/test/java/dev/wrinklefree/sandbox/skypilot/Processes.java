package dev.wrinklefree.sandbox.skypilot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at processes of this machine. */
final class Processes {

  private Processes() {}

  /**
   * Whether a process is there and is more than an entry that its parent has not collected: where
   * process 1 does not collect orphans, they stay in the table after their death.
   */
  static boolean alive(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }
}
