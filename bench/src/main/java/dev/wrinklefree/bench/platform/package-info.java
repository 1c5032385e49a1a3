/** The four services together, as they are shipped, beside the sandbox's stand-ins. */
@NullMarked
package dev.wrinklefree.bench.platform;

import org.jspecify.annotations.NullMarked;
