package dev.wrinklefree.monitor.training;

import dev.wrinklefree.monitor.alert.JobCourse;
import dev.wrinklefree.monitor.progress.LossCourse;
import dev.wrinklefree.monitor.progress.StepCourse;
import org.jspecify.annotations.Nullable;

/** What is remembered of how a run has gone so far. */
public record Course(JobCourse job, StepCourse steps, LossCourse loss) {

  /** Of a run that has only just been heard of. */
  public static final Course NONE = new Course(JobCourse.NONE, StepCourse.NONE, LossCourse.NONE);

  /** What an older release did not remember begins anew. */
  public Course(@Nullable JobCourse job, @Nullable StepCourse steps, @Nullable LossCourse loss) {
    this.job = job == null ? JobCourse.NONE : job;
    this.steps = steps == null ? StepCourse.NONE : steps;
    this.loss = loss == null ? LossCourse.NONE : loss;
  }
}
