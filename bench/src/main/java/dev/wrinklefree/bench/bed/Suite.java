package dev.wrinklefree.bench.bed;

import dev.wrinklefree.bench.figure.Row;
import java.util.function.Consumer;

/** One part of the benchmark: measures one thing beside its peers, at one or more sizes. */
public interface Suite {

  /** One word, by which it is chosen on the command line. */
  String name();

  /** What it measures, as one line for people. */
  String question();

  /**
   * Measures, and tells each figure as soon as it has it. The parts that it starts end with it.
   *
   * @param effort how often and how much
   * @param workbench where it finds and starts things
   * @param figures told each figure
   * @throws NotToBeHadException if what it needs is not on this machine
   */
  void run(Effort effort, Workbench workbench, Consumer<Row> figures) throws Exception;
}
