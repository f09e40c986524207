package org.hikae.insight.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.hikae.insight.boundary.EmployeeListQueries;
import org.hikae.insight.view.EmployeeCriteria;
import org.hikae.insight.view.EmployeeRow;
import org.hikae.problem.control.PageRequest;
import org.jspecify.annotations.Nullable;

/** Finds an employee by a part of their name, user name or mail. */
@Named
@ViewScoped
public class EmployeeSearch implements Serializable {

  private static final int MOST = 10;

  @Inject private EmployeeListQueries employeeQueries;

  private @Nullable String text;
  private @Nullable List<EmployeeRow> found;

  /** Looks; nothing is found for an empty text. */
  public void find() {
    String sought = text == null ? "" : text.strip();
    found =
        sought.isEmpty()
            ? List.of()
            : employeeQueries.rows(
                new EmployeeCriteria(
                    sought.substring(0, Math.min(sought.length(), EmployeeCriteria.MAX_TEXT_CHARS)),
                    null,
                    null,
                    false,
                    EmployeeCriteria.Sort.NAME,
                    false),
                0,
                new PageRequest(MOST));
  }

  /** The first few that fit; null before anybody looked. */
  public @Nullable List<EmployeeRow> getFound() {
    return found;
  }

  /** What is looked for. */
  public @Nullable String getText() {
    return text;
  }

  /** Sets what is looked for. */
  public void setText(@Nullable String text) {
    this.text = text;
  }
}
