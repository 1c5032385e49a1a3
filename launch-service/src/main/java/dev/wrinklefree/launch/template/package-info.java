/** SkyPilot task templates: found by a safe name, and rendered for one run. */
@NullMarked
package dev.wrinklefree.launch.template;

import org.jspecify.annotations.NullMarked;
