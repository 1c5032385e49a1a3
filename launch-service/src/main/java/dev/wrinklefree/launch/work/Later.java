package dev.wrinklefree.launch.work;

import java.time.Duration;

/**
 * Work that has to be taken up again.
 *
 * @param data what it takes along
 * @param pause how long to wait before
 */
public record Later<T>(T data, Duration pause) {}
