/** HTTP on the loopback address, shared by the stand-ins. */
@NullMarked
package dev.wrinklefree.sandbox.http;

import org.jspecify.annotations.NullMarked;
