/** Tests of what people read. */
@NullMarked
package dev.wrinklefree.cli.output;

import org.jspecify.annotations.NullMarked;
