/** Events sent to subscribers' own addresses, signed. */
@NullMarked
package dev.wrinklefree.delivery.webhook;

import org.jspecify.annotations.NullMarked;
