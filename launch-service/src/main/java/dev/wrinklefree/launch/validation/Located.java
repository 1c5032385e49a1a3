package dev.wrinklefree.launch.validation;

/**
 * A value and where it stood in the request.
 *
 * @param path JSON path of the value
 * @param value the value
 */
record Located<T>(String path, T value) {}
