/**
 * Inner workings: one HTTP exchange with the API server, and what a reply that is no success means.
 */
@NullMarked
package dev.wrinklefree.skypilot.http;

import org.jspecify.annotations.NullMarked;
