/** How long to wait before the next attempt, and which failures deserve one. */
@NullMarked
package dev.wrinklefree.outbox.retry;

import org.jspecify.annotations.NullMarked;
