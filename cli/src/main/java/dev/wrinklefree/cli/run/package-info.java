/** What wf knows of a run: its name, state and end, joined from the services. */
@NullMarked
package dev.wrinklefree.cli.run;

import org.jspecify.annotations.NullMarked;
