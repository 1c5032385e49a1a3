/** Consumes launch and cancel requests and answers each exactly once. */
@NullMarked
package dev.wrinklefree.launch.intake;

import org.jspecify.annotations.NullMarked;
