/** What the events say: one record per event type. */
@NullMarked
package dev.wrinklefree.contract.event;

import org.jspecify.annotations.NullMarked;
