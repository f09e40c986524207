package org.hikae.caller.service;

/** Whom a use case reaches when its caller administers some departments only (ADR 66). */
public enum ScopeRule {
  /** The caller's own things, or nobody's: departments play no part. */
  OWN,
  /**
   * People of the caller's departments. Employees whom a parameter names are looked at before the
   * use case begins; everything else it bounds in its queries.
   */
  SCOPED,
  /** The same, but an employee who is named is a place in a list, and nothing is told of them. */
  LISTED,
  /** Everybody, or what is there for everybody: refused to who does not have the whole company. */
  COMPANY
}
