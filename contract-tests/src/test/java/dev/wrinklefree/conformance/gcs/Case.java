package dev.wrinklefree.conformance.gcs;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One thing that the contract says.
 *
 * @param name what it says, in a few words; the key of the recording
 * @param question what is asked
 */
record Case(String name, Question question) {

  /** Asks a server, in a bucket that is new and empty. */
  @FunctionalInterface
  interface Question {

    /** What the server did, without what differs from call to call. */
    JsonNode ask(Bucket bucket) throws Exception;
  }
}
