package dev.wrinklefree.launch.template;

/** What came of looking for a template. */
public sealed interface TemplateSearch {

  /** It is there and can be used. */
  record Found(TaskTemplate template) implements TemplateSearch {}

  /** There is none of that name. */
  record Missing() implements TemplateSearch {}

  /**
   * There is a file of that name, which is no task that can be launched from a distance.
   *
   * @param reason one clause for a person
   */
  record Unusable(String reason) implements TemplateSearch {}
}
