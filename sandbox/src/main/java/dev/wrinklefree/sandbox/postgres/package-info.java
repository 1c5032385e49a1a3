/** A real PostgreSQL server from its published binaries. */
@NullMarked
package dev.wrinklefree.sandbox.postgres;

import org.jspecify.annotations.NullMarked;
