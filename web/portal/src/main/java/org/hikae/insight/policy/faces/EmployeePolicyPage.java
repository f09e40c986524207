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
import org.hikae.policy.view.EffectivePolicy;
import org.hikae.policy.view.EffectivePolicyComparison.ComparedValue;
import org.hikae.policy.view.PolicyKeyView;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** What holds for an employee, and what holds for another one beside it. */
@Named
@ViewScoped
public class EmployeePolicyPage implements Serializable {

  @Inject private PolicyQueries policies;

  private @Nullable Long with;
  private transient @Nullable Map<Long, List<EffectivePolicyRow>> known;

  /** Has everything read anew: before an answer is rendered. */
  public void refresh() {
    known = null;
  }

  /** What holds for this employee, and which policy says so. */
  public List<EffectivePolicyRow> of(long employeeId) {
    Map<Long, List<EffectivePolicyRow>> rows = known;
    if (rows == null) {
      rows = new HashMap<>();
      known = rows;
    }
    return rows.computeIfAbsent(employeeId, this::read);
  }

  private List<EffectivePolicyRow> read(long employeeId) {
    Map<String, PolicyKeyView> keys = keys();
    return policies.effective(new EmployeeId(employeeId)).values().stream()
        .map(value -> row(value, keys))
        .toList();
  }

  private Map<String, PolicyKeyView> keys() {
    return policies.keys().stream().collect(Collectors.toMap(PolicyKeyView::name, key -> key));
  }

  private static EffectivePolicyRow row(
      EffectivePolicy.Value value, Map<String, PolicyKeyView> keys) {
    return EffectivePolicyRow.of(value, Objects.requireNonNull(keys.get(value.name())));
  }

  /**
   * Every value of the employee beside that of the other one, those that differ under {@code true};
   * null when there is no such employee.
   */
  public @Nullable Map<Boolean, List<PolicyComparison>> compared(long employeeId) {
    Long other = with;
    if (other == null) {
      return null;
    }
    Map<String, PolicyKeyView> keys = keys();
    try {
      return policies.compare(new EmployeeId(employeeId), new EmployeeId(other)).values().stream()
          .collect(
              Collectors.partitioningBy(
                  ComparedValue::differs,
                  Collectors.mapping(
                      value ->
                          new PolicyComparison(row(value.own(), keys), row(value.other(), keys)),
                      Collectors.toList())));
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
