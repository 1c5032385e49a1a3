/** The server's asynchronous requests: submitted, answered later through /api/get. */
@NullMarked
package dev.wrinklefree.sandbox.skypilot.request;

import org.jspecify.annotations.NullMarked;
