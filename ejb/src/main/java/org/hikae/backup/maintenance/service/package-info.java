/**
 * Retention, expiry of hold periods, garbage marking and inspection of one repository. Calls no
 * boundary and no job.
 */
@NullMarked
package org.hikae.backup.maintenance.service;

import org.jspecify.annotations.NullMarked;
