/** Measures how soon the services are ready and what memory they hold. */
@NullMarked
package dev.wrinklefree.bench.start;

import org.jspecify.annotations.NullMarked;
