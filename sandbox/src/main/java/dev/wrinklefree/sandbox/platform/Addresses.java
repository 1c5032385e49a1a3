package dev.wrinklefree.sandbox.platform;

import java.net.URI;

/**
 * Where the services find the outside world.
 *
 * @param kafka host and port of the broker
 * @param jdbc address of the database server, to which a database's name is appended
 * @param skypilot SkyPilot's API server
 * @param gcs Cloud Storage's JSON API
 * @param wandb Weights and Biases
 */
public record Addresses(String kafka, String jdbc, URI skypilot, URI gcs, URI wandb) {}
