/** Other people's programs beside ours: each in a home folder of its own. */
@NullMarked
package dev.wrinklefree.bench.foreign;

import org.jspecify.annotations.NullMarked;
