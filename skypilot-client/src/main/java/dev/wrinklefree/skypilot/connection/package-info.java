/** Where the API server is, who we are to it, and how long we wait. */
@NullMarked
package dev.wrinklefree.skypilot.connection;

import org.jspecify.annotations.NullMarked;
