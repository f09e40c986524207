package org.hikae.enrollment.value;

/**
 * What a credential opens.
 *
 * @param setId the set
 * @param repositoryId number of the repository
 * @param resticId name of the repository
 */
public record ResticCredentialScope(String setId, long repositoryId, String resticId) {}
