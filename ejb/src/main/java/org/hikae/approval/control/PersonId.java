package org.hikae.approval.control;

/**
 * Who a person is: never a name.
 *
 * @param issuer the realm
 * @param subject {@code sub}
 */
public record PersonId(String issuer, String subject) {}
