/** When a person should look at a run: detect, plan; plain Java. */
@NullMarked
package dev.wrinklefree.monitor.alert;

import org.jspecify.annotations.NullMarked;
