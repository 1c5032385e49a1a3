package dev.wrinklefree.launch.connection;

import java.time.Duration;

/**
 * How long a launch request is waited for at most.
 *
 * @param duration until SkyPilot says its id; positive
 */
public record SubmitTimeout(Duration duration) {}
