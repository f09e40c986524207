package org.hikae.device.cli.window;

/**
 * Why something could not be done.
 *
 * @param code as in the agent's JSON
 * @param message the sentence, which says the way on
 */
record FailureView(String code, String message) {}
