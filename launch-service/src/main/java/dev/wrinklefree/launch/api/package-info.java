/** The REST interface: the same requests and answers, by HTTP. */
@NullMarked
package dev.wrinklefree.launch.api;

import org.jspecify.annotations.NullMarked;
