/** An event as one JSON document: CloudEvents' structured mode. */
@NullMarked
package dev.wrinklefree.delivery.structured;

import org.jspecify.annotations.NullMarked;
