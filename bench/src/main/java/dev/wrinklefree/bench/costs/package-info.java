/** Measures how cost-service tells what runs cost, beside a loop that only adds up and stores. */
@NullMarked
package dev.wrinklefree.bench.costs;

import org.jspecify.annotations.NullMarked;
