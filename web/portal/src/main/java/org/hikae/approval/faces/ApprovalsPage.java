package org.hikae.approval.faces;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.hikae.approval.boundary.ApprovalCommands;
import org.hikae.approval.view.ApprovalPage;
import org.hikae.approval.view.ApprovalView;
import org.hikae.approval.view.Approve;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.ui.faces.Banner;
import org.jspecify.annotations.Nullable;

/** What waits for a second administrator, and what became of earlier requests. */
@Named
@ViewScoped
public class ApprovalsPage implements Serializable {

  private static final String BUNDLE = "pol";
  private static final String PENDING = "PENDING";
  private static final int PAGE = 50;

  @Inject private ApprovalCommands desk;
  @Inject private CurrentCaller currentCaller;
  @Inject private Banner banner;

  private transient List<Row> waiting = new ArrayList<>();
  private transient List<Row> past = new ArrayList<>();
  private @Nullable Long nextWaiting;
  private @Nullable Long nextPast;

  /**
   * A request.
   *
   * @param view the request
   * @param lines what would be done
   * @param own whether the viewer asked for it
   */
  public record Row(ApprovalView view, ApprovalChange lines, boolean own) {}

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

  private void moreWaiting(@Nullable Long before) {
    ApprovalPage page = desk.page(true, before, PAGE);
    page.requests().forEach(request -> waiting.add(row(request)));
    nextWaiting = page.next();
  }

  private void morePast(@Nullable Long before) {
    ApprovalPage page = desk.page(false, before, PAGE);
    page.requests().stream()
        .filter(request -> !request.state().equals(PENDING))
        .forEach(request -> past.add(row(request)));
    nextPast = page.next();
  }

  private Row row(ApprovalView request) {
    boolean own = currentCaller.caller().subject().equals(request.requestedBy());
    return new Row(request, ApprovalChange.of(request.change()), own);
  }

  /** Agrees to exactly what was seen, which is done at once. */
  public void approve(long requestId, String changeHash) {
    act(() -> desk.approve(requestId, new Approve(changeHash)), "approval.done.approve");
  }

  /** Says no. */
  public void reject(long requestId) {
    act(() -> desk.reject(requestId), "approval.done.reject");
  }

  /** Takes one's own request back. */
  public void withdraw(long requestId) {
    act(() -> desk.withdraw(requestId), "approval.done.withdraw");
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
