package org.hikae.enrollment.view;

import org.jspecify.annotations.Nullable;

/**
 * What a request of a restic client says about who sends it, not checked yet.
 *
 * @param authorization the Authorization header, if there is one
 * @param repository name of the repository, from the path
 */
public record ResticRequest(@Nullable String authorization, String repository) {

  @Override
  public String toString() {
    return "ResticRequest(" + repository + ", REDACTED)";
  }
}
