/** What was measured: samples, their median and spread, ratios to peers, and how they are shown. */
@NullMarked
package dev.wrinklefree.bench.figure;

import org.jspecify.annotations.NullMarked;
