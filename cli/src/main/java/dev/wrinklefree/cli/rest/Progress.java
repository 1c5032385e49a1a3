package dev.wrinklefree.cli.rest;

/** Says on a terminal what is waited for; says nothing elsewhere. */
public interface Progress {

  /** Nobody is watching. */
  Progress SILENT =
      new Progress() {
        @Override
        public void say(String what) {}

        @Override
        public void done() {}
      };

  /** On this terminal: one line on standard error, wiped when the waiting is over. */
  static Progress onTerminal(java.io.PrintStream err) {
    return new Progress() {
      @Override
      public synchronized void say(String what) {
        err.print("\r\u001b[K" + what + " …");
        err.flush();
      }

      @Override
      public synchronized void done() {
        err.print("\r\u001b[K");
        err.flush();
      }
    };
  }

  /**
   * Says what is waited for, in place of what was said before.
   *
   * @param what without a trailing mark
   */
  void say(String what);

  /** It is there. */
  void done();
}
