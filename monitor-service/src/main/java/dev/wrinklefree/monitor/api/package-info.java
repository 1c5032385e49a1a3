/** The REST interface. */
@NullMarked
package dev.wrinklefree.monitor.api;

import org.jspecify.annotations.NullMarked;
