/**
 * restic's gateway, and credentials, repositories and rewinds of restic for devices, employees and
 * staff. Each bean states its roles, and none knows HTTP or pages.
 */
@NullMarked
package org.hikae.backup.restic.boundary;

import org.jspecify.annotations.NullMarked;
