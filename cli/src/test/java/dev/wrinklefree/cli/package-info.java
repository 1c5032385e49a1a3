/** Tests of the wf command over HTTP. */
@NullMarked
package dev.wrinklefree.cli;

import org.jspecify.annotations.NullMarked;
