/** Plain SQL against the service's own database. */
@NullMarked
package dev.wrinklefree.cost.database;

import org.jspecify.annotations.NullMarked;
