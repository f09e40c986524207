package org.hikae.insight.audit.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.hikae.insight.boundary.CoverageQueries;
import org.jspecify.annotations.Nullable;

/** What those are called who did something; each is looked up once for a page. */
@Named
@RequestScoped
public class ActorNames {

  @Inject private CoverageQueries coverageQueries;

  private final Map<String, String> known = new HashMap<>();

  /** Name of this {@code sub}, or the {@code sub} itself; empty for nobody. */
  public String of(@Nullable String subject) {
    return subject == null
        ? ""
        : known.computeIfAbsent(
            subject, asked -> coverageQueries.names(Set.of(asked)).getOrDefault(asked, asked));
  }
}
