package dev.wrinklefree.launch.resume;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the one resolver. */
@Singleton
class ResumeBeans {

  @Produces
  @Singleton
  ResumeResolver resumeResolver(NewestCheckpointRepository checkpoints) {
    return new ResumeResolver(checkpoints);
  }
}
