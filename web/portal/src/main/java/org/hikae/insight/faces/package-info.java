/**
 * Overview, employees, devices and an employee's own backups as pages. Knows no entity, store or
 * REST resource.
 */
@NullMarked
package org.hikae.insight.faces;

import org.jspecify.annotations.NullMarked;
