package org.hikae.notice.service;

/**
 * Asks a second administrator. Approvals are told by notices and so stand above them; this is what
 * notices know of approvals.
 */
public interface SecondAdministrator {

  /**
   * Asks in the caller's name, in the running transaction.
   *
   * @param kind what is to be done
   * @param change exactly what, in one canonical form
   * @return the request, as whoever asked may see it
   */
  Record ask(String kind, String change);
}
