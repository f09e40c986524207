package org.hikae.lifecycle.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.hikae.identity.boundary.DirectoryCommands;
import org.hikae.identity.boundary.DirectoryQueries;
import org.hikae.identity.boundary.MassLeaveCommands;
import org.hikae.identity.faces.Viewer;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.value.MassLeaveId;
import org.hikae.identity.view.MassLeaveView;
import org.hikae.identity.view.MassLeaverPage;
import org.hikae.lifecycle.boundary.LeaverQueries;
import org.hikae.lifecycle.boundary.NameErasure;
import org.hikae.lifecycle.view.LeaverPage;
import org.hikae.lifecycle.view.LeaverView;
import org.hikae.problem.control.PageRequest;
import org.hikae.ui.faces.Banner;
import org.hikae.ui.faces.CursorPaging;
import org.jspecify.annotations.Nullable;

/** Who left, what is done with their data, and the people about whom an administrator is asked. */
@Named
@ViewScoped
public class LeaversPage implements Serializable {

  private static final int PAGE = 50;
  private static final String BUNDLE = "ppl";

  @Inject private LeaverQueries leaverQueries;
  @Inject private DirectoryQueries directory;
  @Inject private DirectoryCommands directoryCommands;
  @Inject private MassLeaveCommands massLeaves;
  @Inject private NameErasure names;
  @Inject private Viewer viewer;
  @Inject private Banner banner;

  private final CursorPaging paging = new CursorPaging();
  private @Nullable List<LeaverView> leavers;
  private @Nullable MassLeaveView finding;
  private @Nullable List<MassLeaverPage.One> found;

  /** Reads a page of leavers and the finding that waits, before each rendering. */
  public void load() {
    LeaverPage page = leaverQueries.page(paging.current(EmployeeId::new), new PageRequest(PAGE));
    paging.foundRow(page.next());
    leavers = page.leavers();
    // Too many leavers at once are a matter of the whole company.
    MassLeaveView newest = viewer.isCompanyWide() ? directory.state().massLeave() : null;
    if (newest != null && newest.waits()) {
      finding = newest;
      found =
          massLeaves
              .people(new MassLeaveId(newest.findingId()), null, new PageRequest(PAGE))
              .employees();
    } else {
      finding = null;
      found = List.of();
    }
  }

  /** Shows the next page. */
  public void forward() {
    paging.forward();
  }

  /** Shows the page before. */
  public void back() {
    paging.back();
  }

  /** Makes the people of the finding leavers. */
  public void confirm(long findingId) {
    banner.attempt(
        () -> directoryCommands.confirm(new MassLeaveId(findingId)), BUNDLE, "finding.confirmed");
  }

  /** Leaves the people of the finding as they are. */
  public void dismiss(long findingId) {
    banner.attempt(
        () -> massLeaves.dismiss(new MassLeaveId(findingId)), BUNDLE, "finding.dismissed");
  }

  /** Erases what a leaver was called from the audit trail. */
  public void eraseNames(long employeeId) {
    banner.attempt(() -> names.erase(new EmployeeId(employeeId)), BUNDLE, "leavers.erased");
  }

  /** Where the list is. */
  public CursorPaging getPaging() {
    return paging;
  }

  /** Leavers of this page. */
  public @Nullable List<LeaverView> getLeavers() {
    return leavers;
  }

  /** The finding that waits for a decision, if there is one. */
  public @Nullable MassLeaveView getFinding() {
    return finding;
  }

  /** The first {@value #PAGE} people of that finding. */
  public @Nullable List<MassLeaverPage.One> getFound() {
    return found;
  }
}
