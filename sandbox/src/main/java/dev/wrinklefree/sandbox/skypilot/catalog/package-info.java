/** Prices as SkyPilot's catalogue has them, its known mistakes included. */
@NullMarked
package dev.wrinklefree.sandbox.skypilot.catalog;

import org.jspecify.annotations.NullMarked;
