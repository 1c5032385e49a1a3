package dev.wrinklefree.launch.template;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the task templates are. */
@ConfigMapping(prefix = "wf.templates")
interface TemplatesConfig {

  /** Directory of the files {@code <name>.yaml}. */
  @WithDefault("deploy/skypilot")
  Path directory();
}
