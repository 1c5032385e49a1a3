/** Topics as server-sent events. */
@NullMarked
package dev.wrinklefree.delivery.stream;

import org.jspecify.annotations.NullMarked;
