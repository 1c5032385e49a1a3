package dev.wrinklefree.sandbox.wandb;

import java.util.ArrayList;
import java.util.List;

/** A file that a client streams line by line, each chunk at a line's number. */
final class Lines {

  private final List<String> lines = new ArrayList<>();

  /** Puts lines from a number on; what stood there is replaced, what follows stays. */
  void put(int offset, List<String> chunk) {
    for (int i = 0; i < chunk.size(); i++) {
      int number = offset + i;
      while (lines.size() < number) {
        lines.add("");
      }
      if (number < lines.size()) {
        lines.set(number, chunk.get(i));
      } else {
        lines.add(chunk.get(i));
      }
    }
  }

  int count() {
    return lines.size();
  }

  /** The lines that have something on them. */
  List<String> all() {
    return lines.stream().filter(line -> !line.isBlank()).toList();
  }

  /** The last lines, at most so many. */
  List<String> tail(int most) {
    List<String> all = all();
    return all.subList(Math.max(0, all.size() - most), all.size());
  }
}
