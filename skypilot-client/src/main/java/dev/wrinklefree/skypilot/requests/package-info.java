/**
 * Inner workings: SkyPilot's asynchronous requests, submitted first and awaited by long-polling.
 */
@NullMarked
package dev.wrinklefree.skypilot.requests;

import org.jspecify.annotations.NullMarked;
