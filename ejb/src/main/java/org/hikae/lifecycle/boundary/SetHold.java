package org.hikae.lifecycle.boundary;

/**
 * A legal hold that an administrator wants.
 *
 * @param reason why, 1 to 500 characters
 */
public record SetHold(String reason) {}
