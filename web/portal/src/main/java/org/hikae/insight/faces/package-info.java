/** Pages that only show: employees, own backups, and what IT can and cannot see. */
@NullMarked
package org.hikae.insight.faces;

import org.jspecify.annotations.NullMarked;
