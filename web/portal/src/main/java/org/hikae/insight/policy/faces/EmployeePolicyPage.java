package org.hikae.insight.policy.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hikae.identity.value.EmployeeId;
import org.hikae.policy.boundary.PolicyQueries;
import org.hikae.policy.view.PolicyKeyView;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** What holds for an employee, and what of it does not hold for another one. */
@Named
@ViewScoped
public class EmployeePolicyPage implements Serializable {

  @Inject private PolicyQueries policies;

  private @Nullable Long with;
  private transient Map<Long, List<EffectivePolicyRow>> known = new HashMap<>();

  /** Has everything read anew: before an answer is rendered. */
  public void refresh() {
    known = new HashMap<>();
  }

  /** What holds for this employee, and which policy says so. */
  public List<EffectivePolicyRow> of(long employeeId) {
    return known.computeIfAbsent(employeeId, this::read);
  }

  private List<EffectivePolicyRow> read(long employeeId) {
    Map<String, PolicyKeyView> keys =
        policies.keys().stream().collect(Collectors.toMap(PolicyKeyView::name, key -> key));
    return policies.effective(new EmployeeId(employeeId)).values().stream()
        .map(value -> EffectivePolicyRow.of(value, Objects.requireNonNull(keys.get(value.name()))))
        .toList();
  }

  /** What differs from the other employee; null when there is no such employee. */
  public @Nullable List<PolicyComparison> differing(long employeeId) {
    Long other = with;
    if (other == null) {
      return null;
    }
    try {
      return PolicyComparison.differing(of(employeeId), of(other));
    } catch (Refusal refusal) {
      return null;
    }
  }

  /** Number of the employee to compare with; null for nobody. */
  public @Nullable Long getWith() {
    return with;
  }

  /** Sets whom to compare with from the address. */
  public void setWith(@Nullable Long with) {
    this.with = with;
  }
}
