/** An HTTP server that answers as a test scripts it. */
@NullMarked
package dev.wrinklefree.skypilot.script;

import org.jspecify.annotations.NullMarked;
