package org.hikae.enrollment.view;

/**
 * A repository that a credential opens.
 *
 * @param setId the set
 * @param repositoryId number of the repository
 * @param resticId its name for restic
 */
public record ResticRepositoryRef(String setId, long repositoryId, String resticId) {}
