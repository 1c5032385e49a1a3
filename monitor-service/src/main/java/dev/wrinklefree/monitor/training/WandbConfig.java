package dev.wrinklefree.monitor.training;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How W&amp;B is reached and how often the runs' training is looked at. */
@ConfigMapping(prefix = "wf.wandb")
public interface WandbConfig {

  /** {@code http(s)://host[:port]} of W&amp;B, without credentials. */
  @WithDefault("https://api.wandb.ai")
  URI endpoint();

  /** The API key, by default that of {@code WANDB_API_KEY}. Without one no figures are read. */
  Optional<String> apiKey();

  /**
   * From the start of one round to the start of the next; each asks once per project. The trainers
   * send a heartbeat every 30 s, so a shorter one finds little more on the real W&amp;B.
   */
  @WithDefault("30s")
  Duration interval();

  /** The longest wait for one answer; that of W&amp;B's own client. */
  @WithDefault("30s")
  Duration timeout();

  /** Runs per request, at least 1. */
  @WithDefault("100")
  int pageSize();

  /**
   * How long after a job's end its final figures are waited for. W&amp;B takes 5 minutes to notice
   * that a run has gone.
   */
  @WithDefault("10m")
  Duration lastLooksFor();
}
