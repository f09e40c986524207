package org.hikae.approval.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests as a page shows them to one person, newest first.
 *
 * @param requests at most as many as asked for
 * @param next value of {@code before} for the next page; absent on the last
 */
public record OfferedApprovalPage(List<OfferedApproval> requests, @Nullable Long next) {

  /** Copies the list. */
  public OfferedApprovalPage {
    requests = List.copyOf(requests);
  }
}
