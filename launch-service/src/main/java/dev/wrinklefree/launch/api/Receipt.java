package dev.wrinklefree.launch.api;

/**
 * What was taken: the answer follows on the topics.
 *
 * @param runId the run
 * @param status {@code requested} or {@code cancel-requested}
 */
record Receipt(String runId, String status) {}
