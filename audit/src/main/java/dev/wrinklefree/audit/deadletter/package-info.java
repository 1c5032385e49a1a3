/** Dead letters: read them, and send them again. */
@NullMarked
package dev.wrinklefree.audit.deadletter;

import org.jspecify.annotations.NullMarked;
