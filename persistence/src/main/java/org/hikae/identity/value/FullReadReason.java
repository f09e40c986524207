package org.hikae.identity.value;

/** Why everybody is read although only the changes were asked for. */
public enum FullReadReason {
  /** Nothing was read before, or too long ago for the events that are kept. */
  NO_POSITION,
  /** The realm keeps no events of its administration. */
  EVENTS_OFF,
  /** The service account may not read events. */
  EVENTS_REFUSED,
  /** More changed than is worth asking about one by one. */
  TOO_MANY_CHANGES
}
