package org.hikae.insight.audit.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.audit.value.AuditSelection;
import org.hikae.audit.view.AuditCriteria;
import org.hikae.insight.boundary.NameQueries;
import org.jspecify.annotations.Nullable;

/** What words that somebody types may mean in the trail: people, devices and what was done. */
@RequestScoped
public class AuditSearch {

  @Inject private NameQueries names;

  private boolean cut;

  /** Whether what was looked for last means more than is looked for. */
  boolean isCut() {
    return cut;
  }

  /**
   * The words, each of which has to be found; those after {@link AuditCriteria#MAX_TERMS} do not
   * count.
   */
  List<AuditSelection> terms(@Nullable String text, AuditText words) {
    cut = false;
    if (text == null) {
      return List.of();
    }
    List<String> typed =
        Arrays.stream(text.strip().split("(?U)\\s+"))
            .filter(word -> !word.isEmpty())
            .distinct()
            .toList();
    List<AuditSelection> terms =
        typed.stream()
            .limit(AuditCriteria.MAX_TERMS)
            .map(word -> word.substring(0, Math.min(word.length(), NameQueries.MAX_CHARS)))
            .map(word -> term(word, words))
            .toList();
    cut |= typed.size() > AuditCriteria.MAX_TERMS;
    return terms;
  }

  private AuditSelection term(String word, AuditText words) {
    NameQueries.NamesFound found = names.called(word);
    cut |= found.cut();
    Set<String> devices =
        found.deviceIds().stream().map(id -> "device:" + id).collect(Collectors.toSet());
    return new AuditSelection(
        found.subjects(), found.employeeIds(), words.actionsWith(word), devices);
  }
}
