/**
 * The whole platform on one machine: the outside world as real servers and stand-ins, and the
 * services as they are shipped.
 */
@NullMarked
package dev.wrinklefree.sandbox;

import org.jspecify.annotations.NullMarked;
