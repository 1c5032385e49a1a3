/** Consumes events once, each in one transaction with all that follows from it. */
@NullMarked
package dev.wrinklefree.outbox.intake;

import org.jspecify.annotations.NullMarked;
