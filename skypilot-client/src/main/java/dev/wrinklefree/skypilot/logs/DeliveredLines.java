package dev.wrinklefree.skypilot.logs;

import java.util.Arrays;

/**
 * Remembers what the reader was given, so that a reopened stream, which begins anew, is not told
 * twice. Lines are compared one by one and not merely counted: where the new stream differs (the
 * log of a new attempt, another tail), all of it is given from there on. A line may come twice,
 * none is lost. Costs four bytes a line.
 */
final class DeliveredLines {
  private int[] hashes = new int[1024];
  private int size;

  /** How many lines of the current stream were seen; below {@code size} it repeats. */
  private int position;

  /** The stream begins anew. */
  void restart() {
    position = 0;
  }

  /** Whether the current stream's next line is news. */
  boolean isNew(String line) {
    int hash = line.hashCode();
    if (position < size && hashes[position] == hash) {
      position++;
      return false;
    }
    size = position;
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    hashes[size++] = hash;
    position = size;
    return true;
  }
}
