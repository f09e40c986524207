package org.hikae.insight.faces;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hikae.identity.value.EmployeeId;
import org.hikae.insight.boundary.EmployeeListQueries;
import org.hikae.insight.boundary.NudgeCommands;
import org.hikae.insight.view.EmployeeCriteria;
import org.hikae.insight.view.EmployeePage;
import org.hikae.insight.view.NudgeView;
import org.hikae.insight.view.NudgeView.SkippedReason;
import org.hikae.lifecycle.boundary.LegalHoldCommands;
import org.hikae.lifecycle.view.SetLegalHold;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.ui.faces.Banner;
import org.hikae.ui.faces.BulkAction;
import org.hikae.ui.faces.ListSelection;
import org.hikae.ui.faces.SelectedItems;
import org.jspecify.annotations.Nullable;

/** Employees who are selected, to be put on legal hold for one reason, or to be reminded. */
@Named
@ViewScoped
public class EmployeeSelection extends ListSelection {

  private static final String SKIPPED = "nudges.skipped.";

  @Inject private EmployeeListQueries employeeQueries;
  @Inject private LegalHoldCommands holds;
  @Inject private NudgeCommands nudges;
  @Inject private Banner banner;

  private @Nullable String reason;
  private boolean nudging;
  private List<Skip> skips = List.of();

  /**
   * People who are not reminded for one reason.
   *
   * @param reason why
   * @param people how many
   */
  public record Skip(SkippedReason reason, long people) implements Serializable {

    /** Why, as a sentence. */
    public String getText() {
      return why(reason);
    }
  }

  @Override
  public String getTexts() {
    return nudging ? "nudges" : "employees";
  }

  /** Of several reasons that of most. */
  @Override
  public String getNothing() {
    return skips.stream()
        .filter(_ -> nudging)
        .max(Comparator.comparingLong(Skip::people))
        .map(skip -> SKIPPED + skip.reason())
        .orElseGet(super::getNothing);
  }

  @Override
  public void ask() {
    nudging = false;
    super.ask();
  }

  /** Asks whether they shall be reminded. */
  public void askNudge() {
    nudging = true;
    super.ask();
  }

  /** Selects all employees whom the query finds, as many as there is room for. */
  public void all(EmployeeCriteria query) {
    List<String> found = new ArrayList<>();
    String cursor = null;
    do {
      EmployeePage page =
          employeeQueries.pageAfter(query, cursor, new PageRequest(EmployeeCriteria.MAX_LIMIT));
      page.employees().forEach(employee -> found.add(Long.toString(employee.employeeId())));
      cursor = page.next();
    } while (cursor != null && found.size() < SelectedItems.MOST);
    take(found, cursor != null);
  }

  @Override
  public boolean isId(String text) {
    return text.matches("[0-9]{1,18}");
  }

  @Override
  public boolean isDestructive() {
    return false;
  }

  @Override
  public List<BulkAction.Item> look(List<String> ids) {
    List<Long> employees = ids.stream().map(Long::valueOf).toList();
    return nudging ? lookNudges(employees) : lookHolds(employees);
  }

  private List<BulkAction.Item> lookNudges(List<Long> ids) {
    List<NudgeView> found = nudges.look(ids);
    Map<SkippedReason, Long> skipped = new EnumMap<>(SkippedReason.class);
    found.forEach(
        nudge -> {
          SkippedReason why = nudge.skipped();
          if (why != null) {
            skipped.merge(why, 1L, Long::sum);
          }
        });
    skips =
        skipped.entrySet().stream()
            .map(entry -> new Skip(entry.getKey(), entry.getValue()))
            .toList();
    return found.stream()
        .map(
            nudge ->
                new BulkAction.Item(
                    Long.toString(nudge.employeeId()),
                    nudge.displayName(),
                    nudge.employeeId(),
                    nudge.displayName(),
                    nudge.skipped() == null ? null : why(nudge.skipped())))
        .toList();
  }

  private static String why(SkippedReason reason) {
    return text(SKIPPED + reason);
  }

  private List<BulkAction.Item> lookHolds(List<Long> ids) {
    return employeeQueries.some(ids).stream()
        .map(
            employee ->
                new BulkAction.Item(
                    Long.toString(employee.employeeId()),
                    employee.displayName(),
                    employee.employeeId(),
                    employee.displayName(),
                    null))
        .toList();
  }

  @Override
  public boolean isReady() {
    if (!nudging && (reason == null || reason.isBlank())) {
      banner.warn(BUNDLE, "employees.reason.missing");
      return false;
    }
    return true;
  }

  @Override
  public void act(BulkAction.Item item) {
    EmployeeId employeeId = new EmployeeId(item.employeeId());
    if (nudging) {
      nudges.nudge(employeeId);
    } else {
      holds.set(employeeId, new SetLegalHold(reason == null ? "" : reason.strip()));
    }
  }

  @Override
  public String why(Refusal refusal) {
    if (refusal.details() instanceof NudgeView(_, _, _, SkippedReason skipped) && skipped != null) {
      return why(skipped);
    }
    return refusal.code() == ProblemCode.CONFLICT
        ? text(nudging ? "nudges.already" : "employees.already")
        : super.why(refusal);
  }

  /** Who of those selected is not reminded, and why. */
  public List<Skip> getSkips() {
    return skips;
  }

  /** What people read whose backup is not set up. */
  public String getOptInText() {
    return nudges.text(NoticeKind.NUDGE_OPT_IN, language());
  }

  /** What people read whose backup has stopped. */
  public String getBackupText() {
    return nudges.text(NoticeKind.NUDGE_BACKUP, language());
  }

  private static String language() {
    return FacesContext.getCurrentInstance().getViewRoot().getLocale().getLanguage();
  }

  /** Why there shall be a hold. */
  public @Nullable String getReason() {
    return reason;
  }

  /** Sets the reason. */
  public void setReason(@Nullable String reason) {
    this.reason = reason;
  }

  /** Longest reason, in characters. */
  public int getMaxReasonChars() {
    return SetLegalHold.MAX_REASON_CHARS;
  }
}
