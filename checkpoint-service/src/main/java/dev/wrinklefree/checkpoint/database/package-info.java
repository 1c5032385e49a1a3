/** Plain SQL against the service's own database. */
@NullMarked
package dev.wrinklefree.checkpoint.database;

import org.jspecify.annotations.NullMarked;
