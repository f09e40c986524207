package org.hikae.lifecycle.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.hikae.lifecycle.boundary.LegalHoldCommands;
import org.hikae.lifecycle.value.LegalHoldId;
import org.hikae.lifecycle.view.LegalHoldEmployee;
import org.hikae.lifecycle.view.LegalHoldPage;
import org.hikae.problem.control.PageRequest;
import org.hikae.ui.faces.CursorPaging;
import org.jspecify.annotations.Nullable;

/** Who is on legal hold, page by page. */
@Named
@ViewScoped
public class LegalHoldsPage implements Serializable {

  private static final int PAGE = 50;

  @Inject private LegalHoldCommands commands;

  private final CursorPaging paging = new CursorPaging();
  private transient @Nullable List<LegalHoldEmployee> holds;

  /** Reads a page of holds, before each rendering. */
  public void load() {
    LegalHoldPage page = commands.page(paging.current(LegalHoldId::new), new PageRequest(PAGE));
    paging.foundRow(page.next());
    holds = page.holds();
  }

  /** Shows the next page. */
  public void forward() {
    paging.forward();
  }

  /** Shows the page before. */
  public void back() {
    paging.back();
  }

  /** Where the list is. */
  public CursorPaging getPaging() {
    return paging;
  }

  /** Holds of this page, the oldest first. */
  public @Nullable List<LegalHoldEmployee> getHolds() {
    return holds;
  }
}
