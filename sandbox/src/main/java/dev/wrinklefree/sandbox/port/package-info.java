/** Finds ports for servers that are started later. */
@NullMarked
package dev.wrinklefree.sandbox.port;

import org.jspecify.annotations.NullMarked;
