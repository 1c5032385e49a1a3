package dev.wrinklefree.launch.intake;

import dev.wrinklefree.launch.catalog.Homes;
import dev.wrinklefree.launch.plan.LaunchPlanner;
import dev.wrinklefree.launch.resume.ResumeResolver;
import dev.wrinklefree.launch.validation.LaunchRequestValidator;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the one decider. */
@Singleton
class IntakeBeans {

  @Produces
  @Singleton
  AnswerDecider answerDecider(
      LaunchRequestValidator validator, Homes homes, ResumeResolver resumes) {
    return new AnswerDecider(validator, new LaunchPlanner(homes), resumes);
  }
}
