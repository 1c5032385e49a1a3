/** Whether what a service watches can still be read, told by every replica alike. */
@NullMarked
package dev.wrinklefree.outbox.watching;

import org.jspecify.annotations.NullMarked;
