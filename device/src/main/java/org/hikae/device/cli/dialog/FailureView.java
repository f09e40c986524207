package org.hikae.device.cli.dialog;

/**
 * Why something could not be done.
 *
 * @param code as in the agent's JSON
 * @param message the sentence, which says the way on
 */
public record FailureView(String code, String message) {}
