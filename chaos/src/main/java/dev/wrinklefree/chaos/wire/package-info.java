/** Proxies that read the protocols they relay, and cut and slow what they carry. */
@NullMarked
package dev.wrinklefree.chaos.wire;

import org.jspecify.annotations.NullMarked;
