package dev.wrinklefree.launch.validation;

/**
 * What a rule found wrong with one value.
 *
 * @param code machine code
 * @param message one sentence for a person
 */
record Finding(Code code, String message) {}
