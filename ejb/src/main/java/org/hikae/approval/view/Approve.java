package org.hikae.approval.view;

/**
 * What an approver says.
 *
 * @param changeHash SHA-256 of the change that they saw, hexadecimal
 */
public record Approve(String changeHash) {}
