package dev.wrinklefree.outbox.topics;

/** What is found about a topic that is not as the contract wants it. */
sealed interface Finding {

  /** The broker does not have it. */
  record Missing(TopicState wanted) implements Finding {}

  /** Records would be lost or refused: the service must not run. */
  record Refused(String message) implements Finding {}

  /** It works, and somebody should know. */
  record Different(String message) implements Finding {}
}
