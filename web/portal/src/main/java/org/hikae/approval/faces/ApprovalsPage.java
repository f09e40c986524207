package org.hikae.approval.faces;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hikae.approval.boundary.ApprovalCommands;
import org.hikae.approval.value.ApprovalRequestId;
import org.hikae.approval.value.ApprovalState;
import org.hikae.approval.view.ApprovalAction;
import org.hikae.approval.view.ApprovalView;
import org.hikae.approval.view.Approve;
import org.hikae.approval.view.OfferedApproval;
import org.hikae.approval.view.OfferedApprovalPage;
import org.hikae.problem.control.PageRequest;
import org.hikae.ui.faces.Banner;
import org.jspecify.annotations.Nullable;

/** What waits for a second administrator, and what became of earlier requests. */
@Named
@ViewScoped
public class ApprovalsPage implements Serializable {

  private static final String BUNDLE = "pol";
  private static final int PAGE = 50;

  @Inject private ApprovalCommands commands;
  @Inject private Banner banner;

  private List<Row> waiting = new ArrayList<>();
  private List<Row> past = new ArrayList<>();
  private @Nullable ApprovalRequestId nextWaiting;
  private @Nullable ApprovalRequestId nextPast;

  /**
   * A request.
   *
   * @param view the request
   * @param lines what would be done
   * @param actions what the viewer may do with it
   */
  public record Row(ApprovalView view, ApprovalChange lines, Set<ApprovalAction> actions)
      implements Serializable {

    /** Whether the viewer may do this. */
    public boolean may(ApprovalAction action) {
      return actions.contains(action);
    }
  }

  /** Reads the newest requests. */
  @PostConstruct
  public void load() {
    waiting = new ArrayList<>();
    past = new ArrayList<>();
    moreWaiting(null);
    morePast(null);
  }

  /** Adds older ones that wait. */
  public void olderWaiting() {
    moreWaiting(nextWaiting);
  }

  /** Adds older ones that were decided. */
  public void olderPast() {
    morePast(nextPast);
  }

  private void moreWaiting(@Nullable ApprovalRequestId before) {
    OfferedApprovalPage page = commands.offered(true, before, new PageRequest(PAGE));
    page.requests().forEach(offered -> waiting.add(row(offered)));
    nextWaiting = next(page);
  }

  private void morePast(@Nullable ApprovalRequestId before) {
    OfferedApprovalPage page = commands.offered(false, before, new PageRequest(PAGE));
    page.requests().stream()
        .filter(offered -> offered.request().state() != ApprovalState.PENDING)
        .forEach(offered -> past.add(row(offered)));
    nextPast = next(page);
  }

  private static @Nullable ApprovalRequestId next(OfferedApprovalPage page) {
    Long last = page.next();
    return last == null ? null : new ApprovalRequestId(last);
  }

  private static Row row(OfferedApproval offered) {
    ApprovalView request = offered.request();
    return new Row(request, ApprovalChange.of(request.change()), offered.actions());
  }

  /** Agrees to exactly what was seen, which is done at once. */
  public void approve(long requestId, String changeHash) {
    act(
        () -> commands.approve(new ApprovalRequestId(requestId), new Approve(changeHash)),
        "approval.done.approve");
  }

  /** Says no. */
  public void reject(long requestId) {
    act(() -> commands.reject(new ApprovalRequestId(requestId)), "approval.done.reject");
  }

  /** Takes one's own request back. */
  public void withdraw(long requestId) {
    act(() -> commands.withdraw(new ApprovalRequestId(requestId)), "approval.done.withdraw");
  }

  private void act(Runnable action, String doneKey) {
    banner.attempt(action, BUNDLE, doneKey);
    load();
  }

  /** Requests that can be decided, newest first. */
  public List<Row> getWaiting() {
    return waiting;
  }

  /** Requests that were decided or have expired, newest first. */
  public List<Row> getPast() {
    return past;
  }

  /** Whether more wait. */
  public boolean isMoreWaiting() {
    return nextWaiting != null;
  }

  /** Whether there are older ones that were decided. */
  public boolean isMorePast() {
    return nextPast != null;
  }
}
