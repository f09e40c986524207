package org.hikae.schema.value;

/**
 * The number by which people and programs name something that is kept: a record of one {@code
 * long}, so that no employee's number is taken for a campaign's. As text it is the bare number.
 */
public interface RowId {

  /** The number, from 1. */
  long value();
}
