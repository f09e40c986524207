package org.hikae.lifecycle.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.hikae.lifecycle.boundary.HoldDesk;
import org.hikae.lifecycle.view.HeldEmployee;
import org.hikae.lifecycle.view.HeldPage;
import org.hikae.ui.faces.CursorTrail;
import org.jspecify.annotations.Nullable;

/** Who is on legal hold, page by page. */
@Named
@ViewScoped
public class HoldsPage implements Serializable {

  private static final int PAGE = 50;

  @Inject private HoldDesk desk;

  private final CursorTrail trail = new CursorTrail();
  private transient @Nullable List<HeldEmployee> holds;

  /** Reads a page of holds, before each rendering. */
  public void load() {
    String cursor = trail.current();
    HeldPage page = desk.page(cursor == null ? 0 : Long.parseLong(cursor), PAGE);
    Long next = page.next();
    trail.found(next == null ? null : next.toString());
    holds = page.holds();
  }

  /** Shows the next page. */
  public void forward() {
    trail.forward();
  }

  /** Shows the page before. */
  public void back() {
    trail.back();
  }

  /** Where the list is. */
  public CursorTrail getTrail() {
    return trail;
  }

  /** Holds of this page, the oldest first. */
  public @Nullable List<HeldEmployee> getHolds() {
    return holds;
  }
}
